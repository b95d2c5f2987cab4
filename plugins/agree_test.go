package plugins_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// goPlugins are the first-party plugins in Go, with configurations that reach all of their code.
var goPlugins = map[string][]string{
	"downsample": {`{"percentage":40,"seed":"s","rateProperty":"rate","perEvent":"$autocapture=5"}`,
		`{"percentage":"50","by":"uuid","always":""}`, `{"percentage":50,"by":"properties.$session_id"}`},
	"first-time-event": {`{}`, `{"mark":"first","events":"$pageview, $identify","everProperty":""}`},
	"hello-world-go":   {`{}`, `{"greeting":"there","bar":7}`},
	"pii-redact": {`{}`, `{"action":"hash","salt":"s3cret-salt","targets":"properties,$set,distinct_id","always":"$browser, a.b"}`,
		`{"action":"drop","detect":"email,ip","properties":"$current_url,$ip,nested.deep"}`},
	"property-filter": {`{"properties":"$browser, $initial_*, nested.a.b, utm_*, **.email, list.x"}`, `{"properties":"$browser"}`,
		`{"mode":"keep","properties":"$current_url, nested.**.a","regexp":"^\\$os","targets":"properties,$set,$set_once"}`},
	"timestamp-parser": {`{}`, `{"fields":"year,quarter,month,month_name,week,week_year,day,day_of_year,weekday,weekday_number,weekend,hour,minute,second,date,time,unix","offset":"-05:30","prefix":"t_","from":"properties.at,sent_at,now"}`,
		`{"offset":"own"}`},
	"url-params": {`{}`, `{"from":"$current_url,$referrer","parameters":"utm_*,ref,a","ignore":"*secret*","case":"lower","prefix":"p_","targets":"properties,$set,$set_once","repeated":"all","fragment":"yes","overwrite":"yes"}`,
		`{"repeated":"last","decode":"no"}`},
	"webhook": {`{"url":"https://example.com/"}`, `{"url":"https://example.com/{event.event}?id={event.distinct_id}","method":"PUT","auth":"basic","user":"u","password":"p","headers":{"X-Name":"{event.distinct_id}","X-Same":"1"},
		"body":"{\"t\":\"{event.properties.$browser} \\\"{event.properties.nested}\\\"\",\"v\":{event.properties.nested.a},\"missing\":{event.properties.nope},\"all\":{event}}","ignore":"$pageleave","where":"!properties.skip"}`,
		`{"url":"https://example.com/","format":"text","body":"{event.event}: {event.properties}\n","auth":"bearer","token":"t0ken"}`},
}

// edges are events that archives have and nobody thinks of.
const edges = `{}
{"event":"x"}
{"event":"x","properties":null}
{"event":"x","properties":{}}
{"event":"x","properties":[]}
{"event":"x","properties":"text"}
{"event":5,"distinct_id":7,"uuid":null,"timestamp":1704103200,"properties":{"a":1}}
{"event":"x","distinct_id":"","timestamp":"","now":"yesterday","properties":{"$current_url":""}}
{"event":"ünïcode 🎉","distinct_id":"日本","timestamp":"2024-02-29 23:59:59.999999+00:00","properties":{"$current_url":"https://exämple.com/?ü=%C3%BC&x=🎉&%zz=1&a=100%&b","email":"jörg@müller.example"}}
{"event":"x","distinct_id":"\ud83d","properties":{"$browser":"\ud800 lone","$current_url":"https://e.com/?a=\udfff&b=%ED%A0%80","\ud800":1}}
{"event":"x","distinct_id":12345678901234567890,"properties":{"id":12345678901234567890,"n":1.0,"e":1e400,"card":4111111111111111,"nested":{"a":{"b":1.50,"c":[1,2]},"deep":"ada@example.com"}}}
{"event":"x","$set":{"email":"a@b.co","list":[{"email":"x@y.zz","x":1},[{"x":2}],"c@d.ee",4111111111111111]},"$set_once":{},"properties":{"list":[{"x":1,"y":2},3,null,[{"x":4}]],"a":{"b":{"email":1}}}}
{"event":"x","ip":"203.0.113.9","properties":{"$ip":"2001:db8:1:2::7","hosts":"at 203.0.113.9:8080, ::ffff:198.51.100.7 and fe80::1%eth0","$current_url":"https://e.com/?q=1&q=2&Q=3&email=ada%40example.com#/shop?a=b&utm_source=s"}}
{"event":"x","distinct_id":"ada@example.com","timestamp":"2024-12-30T23:59:59.9+14:00","properties":{"at":"2024-06-01","phone":"+43 (1) 234-56-78 or (212) 555-0187","hello":null,"skip":true}}
{"event":"x","event":"y","properties":{"$browser":1,"$browser":"two"},"properties":{"$browser":"three","$os":"L","$os_version":"1"}}
{"event":"quote \" back \\ line \n tab \t \u2028 </script>","properties":{"$browser":"\"\\\u0000\u001f\u007f","nested":{"a":"}{event}{"}}}
{"uuid":"0190a6c4-0000-7000-8000-000000000001","timestamp":"2024-01-01T00:00:00+00:00","_inserted_at":"2024-01-01T00:00:01+00:00","created_at":"2024-01-01T00:00:01+00:00","event":"a row","properties":{"$ip":"10.0.0.7","$set":{"email":"row@example.com"},"$current_url":"/?a=1"},"distinct_id":"bob","elements_chain":"","person_properties":{"name":"Bob"},"person_id":null}
`

// TestGoPluginsAgree replays generated and odd events through each first-party Go plugin as it was
// compiled in, from its source, and as a host uses it that has no plugin.json: events, webhooks,
// logs and dead letters are the same bytes.
func TestGoPluginsAgree(t *testing.T) {
	t.Chdir(t.TempDir()) // where no directory stands before a built-in name
	var archive bytes.Buffer
	archive.WriteString(edges)
	require.NoError(t, testkit.Generator{Seed: 5}.Write(&archive, 50))
	require.NoError(t, testkit.Generator{Seed: 6, Shape: testkit.BatchExport}.Write(&archive, 25))
	for name, configs := range goPlugins {
		compiled, source := open(t, name), open(t, "interp:"+name)
		for _, config := range configs {
			t.Run(name+" "+config, func(t *testing.T) {
				resolved, err := compiled.Resolve(manifest.Given{Config: []byte(config)})
				require.NoError(t, err)
				want, ok := replayed(t, chainOf(compiled.Program, resolved.Config), archive.Bytes(), 1)
				require.True(t, ok)
				got, _ := replayed(t, chainOf(source.Program, resolved.Config), archive.Bytes(), 1)
				equalLines(t, want, got)
				bare, _ := replayed(t, chainOf(compiled.Program, []byte(config)), archive.Bytes(), 1)
				equalLines(t, want, bare) // the defaults of the code are those of plugin.json
				assert.NotEqual(t, archive.String()+"\x00\x00\x00\x00", want, "the configuration does nothing")
			})
		}
	}
}

func open(t *testing.T, ref string) *plugins.Plugin {
	t.Helper()
	p, err := plugins.Open(ref)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, p.Close()) })
	return p
}

func chainOf(program sdk.Program, config []byte) batch.Chain {
	return batch.Chain{{Program: program, Config: config}}
}

func equalLines(t *testing.T, want, got string) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	require.Len(t, b, len(a))
	for i := range a {
		require.Equal(t, a[i], b[i], "line %d", i+1)
	}
}
