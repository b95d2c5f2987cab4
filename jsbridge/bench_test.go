package jsbridge_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// BenchmarkProcessEvent is from bytes to bytes: an event is checked and indexed, goes through the plugin, and
// is written.
func BenchmarkProcessEvent(b *testing.B) {
	for _, plugin := range []struct{ name, source string }{
		{"noop", body("return event")},
		{"hello", body("event.properties.hello = 'world'; event.properties.bar = event.properties.$os; return event")},
		{"spread", body("return {...event, properties: {...event.properties, hello: 'world'}}")},
		{"entries", body("let n = 0; for (const [k, v] of Object.entries(event.properties)) n += k.length; event.properties.n = n; return event")},
		{"keys", body("let n = 0; for (const k of Object.keys(event.properties)) n += k.length; event.properties.n = n; return event")},
		{"forin", body("let n = 0; for (const k in event.properties) n += k.length; event.properties.n = n; return event")},
		{"foreach", body("let n = 0; Object.entries(event.properties).forEach(([k, v]) => { n += k.length }); event.properties.n = n; return event")},
		{"reduce", body("event.properties.n = Object.entries(event.properties).reduce((n, [k, v]) => n + k.length, 0); return event")},
		{"assign", body("return Object.assign({}, event, {properties: Object.assign({}, event.properties, {hello: 1})})")},
		{"array", body("let n = 0; for (const k of [...Object.keys(event.properties)]) n += k.length; event.properties.n = n; return event")},
		{"iterate", body("let c = 0, n = 0; for (const [key, value] of Object.entries(event.properties)) { if (typeof value === 'string') c += value.length; else if (typeof value === 'number') n++; if (key.startsWith('utm_')) event.properties.campaign = true } event.properties.c = c; event.properties.n = n; return event")},
		{"callbacks", body("event.properties.n = (event.properties.$current_url ?? '').split(/[?&#]/).map((s) => s.trim()).filter((s) => !['a', 'b'].includes(s)).length; return event")},
		{"agent", "const rules = ['Edge', 'OPR', 'Firefox', 'bot|crawl|spider', 'Chrome', 'Safari'].map((s) => new RegExp(s + '/?([\\\\d.]+)', 'i'))\n" + body("const agent = event.properties.$user_agent; for (const rule of rules) { const m = rule.exec(agent); if (m) { event.properties.version = m[1]; break } } return event")},
		{"stringify-plain", body("event.properties.n = JSON.stringify({ a: 1, b: 'text', c: [1, 2, 3], d: { e: null, f: true }, g: 1.5, h: 'more text', i: new Date(0) }).length; return event")},
		{"stringify", body("event.properties.text = JSON.stringify(event).length; return event")},
		{"flatten", body("const p = event.properties; for (const key of Object.keys(p)) { const value = p[key]; if (value !== null && typeof value === 'object' && !Array.isArray(value)) { for (const k of Object.keys(value)) p[key + '__' + k] = value[k] } } return event")},
		{"regexp", body("const m = /Chrome\\/(\\d+)/.exec(event.properties.$user_agent); if (m) event.properties.major = m[1]; return event")},
		{"lookahead", body("const m = /Chrome(?=\\/\\d)/.exec(event.properties.$user_agent); if (m) event.properties.chrome = m[0]; return event")},
		{"async", "export async " + strings.TrimPrefix(body("event.properties.hello = 'world'; return event"), "export ")},
	} {
		b.Run(plugin.name, func(b *testing.B) {
			p := start(b, load(b, files("index.js", plugin.source)), "{}")
			var out []byte
			eachEvent(b, func(e *sdk.PluginEvent) error {
				p.meta.Begin(context.Background())
				result, err := p.hooks.ProcessEvent(e, p.meta)
				p.meta.End()
				if err == nil {
					out = result.AppendJSON(out[:0])
				}
				return err
			})
		})
	}
}

// eachEvent benchmarks do on generated events that have properties, one after the other.
func eachEvent(b *testing.B, do func(*sdk.PluginEvent) error) {
	const chunkEvents = 700
	events := slices.DeleteFunc(testkit.Generator{Seed: 1}.Lines(1000), func(text []byte) bool {
		return !bytes.Contains(text, []byte(`"properties":{`))
	})
	arena := sdk.NewArena()
	b.SetBytes(int64(len(bytes.Join(events, nil)) / len(events)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%chunkEvents == 0 {
			arena.Reset()
		}
		e, err := arena.Event(events[i%len(events)])
		if err == nil {
			err = do(e)
		}
		if err != nil {
			b.Fatal(err)
		}
		e.Release()
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
	eachEvent(b, func(e *sdk.PluginEvent) error {
		p.meta.Begin(context.Background())
		_, err := p.hooks.ComposeWebhook(e, p.meta)
		p.meta.End()
		return err
	})
}
