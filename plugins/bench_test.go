package plugins_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// pageview is an event of 1.4 KB, as the browser library sends it.
const pageview = `{"uuid":"0190a6c4-1b2c-7def-8a1b-2c3d4e5f6071","event":"$pageview","distinct_id":"user-12345","team_id":2,"ip":null,"site_url":"","timestamp":"2024-03-05T10:11:12.345Z","now":"2024-03-05T10:11:13.000Z","properties":{"$os":"Mac OS X","$os_version":"10.15.7","$browser":"Chrome","$browser_version":121,"$device_type":"Desktop","$current_url":"https://example.org/pricing?utm_source=news&utm_medium=email&plan=pro#faq","$host":"example.org","$pathname":"/pricing","$screen_height":1080,"$screen_width":1920,"$viewport_height":969,"$viewport_width":1865,"$lib":"web","$lib_version":"1.105.4","$insert_id":"m4x2k7p9q1w3e5r7","$time":1709633472.345,"distinct_id":"user-12345","$device_id":"018d1a2b-3c4d-7e5f-8a9b-0c1d2e3f4a5b","$session_id":"018e0d1c-2b3a-7c4d-9e5f-6a7b8c9d0e1f","$window_id":"018e0d1c-2b3a-7c4d-9e5f-6a7b8c9d0e20","$referrer":"https://search.example/","$referring_domain":"search.example","$user_agent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36","$geoip_country_name":"Österreich","$geoip_city_name":"Wien","$geoip_latitude":48.2082,"$geoip_longitude":16.3738,"title":"Pricing – \"Pro\" plan","$feature_flags":["a","b","c"],"$set":{"email":"a@example.org","n":1},"is_identified":true,"$active":false,"nothing":null,"order":{"id":12345678901234567890,"total":1.0}}}`

// BenchmarkProcessEvent takes one event through hello-world in three forms, from bytes to bytes. The README
// shows what it says.
func BenchmarkProcessEvent(b *testing.B) {
	for _, form := range []struct{ name, ref string }{
		{"native", "hello-world-go"},
		{"interp", "interp:hello-world-go"},
		{"js", "hello-world"},
	} {
		b.Run(form.name, func(b *testing.B) {
			hooks, meta := instance(b, form.ref)
			arena, text := sdk.NewArena(), []byte(pageview)
			var out []byte
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if n++; n%700 == 0 { // a chunk
					arena.Reset()
				}
				e, err := arena.Event(text)
				if err != nil {
					b.Fatal(err)
				}
				meta.Begin(context.Background())
				result, err := hooks.ProcessEvent(e, meta)
				if cause := meta.End(); err != nil || cause != nil {
					b.Fatal(err, cause)
				}
				out = result.AppendJSON(out[:0])
				e.Release()
			}
			require.Contains(b, string(out), `"hello":"world","bar":"baz"}}`)
		})
	}
}

// instance makes and sets up an instance of a built-in plugin.
func instance(b *testing.B, ref string) (*sdk.Hooks, *sdk.PluginMeta) {
	b.Helper()
	b.Chdir(b.TempDir()) // here the directories would be found first
	p, err := plugins.Open(ref)
	require.NoError(b, err)
	meta, err := sdk.NewMeta(sdk.MetaConfig{Config: []byte(`{"greeting":"world","bar":"baz"}`)})
	require.NoError(b, err)
	hooks, err := p.Program.New(context.Background(), meta)
	require.NoError(b, err)
	b.Cleanup(func() { _ = hooks.Close() })
	meta.Begin(context.Background())
	require.NoError(b, hooks.SetupPlugin(meta))
	require.NoError(b, meta.End())
	return hooks, meta
}
