package jsbridge_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

const pageview = `{"uuid":"0190a6c4-1b2c-7def-8a1b-2c3d4e5f6071","event":"$pageview","distinct_id":"user-12345","team_id":2,"ip":null,"site_url":"","timestamp":"2024-03-05T10:11:12.345Z","now":"2024-03-05T10:11:13.000Z","properties":{"$os":"Mac OS X","$os_version":"10.15.7","$browser":"Chrome","$browser_version":121,"$device_type":"Desktop","$current_url":"https://example.org/pricing?utm_source=news&utm_medium=email&plan=pro#faq","$host":"example.org","$pathname":"/pricing","$screen_height":1080,"$screen_width":1920,"$viewport_height":969,"$viewport_width":1865,"$lib":"web","$lib_version":"1.105.4","$insert_id":"m4x2k7p9q1w3e5r7","$time":1709633472.345,"distinct_id":"user-12345","$device_id":"018d1a2b-3c4d-7e5f-8a9b-0c1d2e3f4a5b","$session_id":"018e0d1c-2b3a-7c4d-9e5f-6a7b8c9d0e1f","$window_id":"018e0d1c-2b3a-7c4d-9e5f-6a7b8c9d0e20","$referrer":"https://search.example/","$referring_domain":"search.example","$user_agent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36","$geoip_country_name":"Österreich","$geoip_city_name":"Wien","$geoip_latitude":48.2082,"$geoip_longitude":16.3738,"title":"Pricing – \"Pro\" plan","$feature_flags":["a","b","c"],"$set":{"email":"a@example.org","n":1},"is_identified":true,"$active":false,"nothing":null,"order":{"id":12345678901234567890,"total":1.0}}}`

// BenchmarkProcessEvent is from bytes to bytes.
func BenchmarkProcessEvent(b *testing.B) {
	for name, source := range map[string]string{
		"noop":            body("return event"),
		"hello":           body("event.properties.hello = 'world'; event.properties.bar = event.properties.$os; return event"),
		"spread":          body("return {...event, properties: {...event.properties, hello: 'world'}}"),
		"entries":         body("let n = 0; for (const [k, v] of Object.entries(event.properties)) n += k.length; event.properties.n = n; return event"),
		"foreach":         body("let n = 0; Object.entries(event.properties).forEach(([k, v]) => { n += k.length }); event.properties.n = n; return event"),
		"assign":          body("return Object.assign({}, event, {properties: Object.assign({}, event.properties, {hello: 1})})"),
		"array":           body("let n = 0; for (const k of [...Object.keys(event.properties)]) n += k.length; event.properties.n = n; return event"),
		"iterate":         body("let c = 0, n = 0; for (const [key, value] of Object.entries(event.properties)) { if (typeof value === 'string') c += value.length; else if (typeof value === 'number') n++; if (key.startsWith('utm_')) event.properties.campaign = true } event.properties.c = c; event.properties.n = n; return event"),
		"callbacks":       body("event.properties.n = event.properties.$current_url.split(/[?&#]/).map((s) => s.trim()).filter((s) => !['a', 'b'].includes(s)).length; return event"),
		"agent":           "const rules = ['Edge', 'OPR', 'Firefox', 'bot|crawl|spider', 'Chrome', 'Safari'].map((s) => new RegExp(s + '/?([\\\\d.]+)', 'i'))\n" + body("const agent = event.properties.$user_agent; for (const rule of rules) { const m = rule.exec(agent); if (m) { event.properties.version = m[1]; break } } return event"),
		"stringify plain": body("event.properties.n = JSON.stringify({ a: 1, b: 'text', c: [1, 2, 3], d: { e: null, f: true }, g: 1.5, h: 'more text', i: new Date(0) }).length; return event"),
		"stringify":       body("event.properties.text = JSON.stringify(event).length; return event"),
		"flatten":         body("const p = event.properties; for (const key of Object.keys(p)) { const value = p[key]; if (value !== null && typeof value === 'object' && !Array.isArray(value)) { for (const k of Object.keys(value)) p[key + '__' + k] = value[k] } } return event"),
		"async":           "async " + strings.TrimPrefix(body("event.properties.hello = 'world'; return event"), "export "),
	} {
		b.Run(name, func(b *testing.B) {
			if name == "async" {
				source = "export " + source
			}
			p := start(b, load(b, files("index.js", source)), "{}")
			arena := sdk.NewArena()
			text := []byte(pageview)
			var out []byte
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if n++; n%700 == 0 {
					arena.Reset()
				}
				e, err := arena.Event(text)
				require.NoError(b, err)
				p.meta.Begin(context.Background())
				result, err := p.hooks.ProcessEvent(e, p.meta)
				p.meta.End()
				if err != nil {
					b.Fatal(err)
				}
				out = result.AppendJSON(out[:0])
				e.Release()
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := files("index.ts", body("return event"))
	for b.Loop() {
		load(b, fsys)
	}
}

// BenchmarkComposeWebhook is from bytes to a webhook.
func BenchmarkComposeWebhook(b *testing.B) {
	p := start(b, load(b, files("index.js", `export function composeWebhook({ uuid, event, distinct_id, timestamp, properties }) {
		return { url: 'https://example.com', body: JSON.stringify({ uuid, event, distinct_id, timestamp, properties }) }
	}`)), "{}")
	arena := sdk.NewArena()
	text := []byte(pageview)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if n++; n%700 == 0 {
			arena.Reset()
		}
		e, err := arena.Event(text)
		require.NoError(b, err)
		p.meta.Begin(context.Background())
		w, err := p.hooks.ComposeWebhook(e, p.meta)
		p.meta.End()
		require.NoError(b, err)
		require.NotEmpty(b, w.Body)
		e.Release()
	}
}
