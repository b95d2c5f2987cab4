package jsbridge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

// host lends everything and notes what it is asked.
type host struct {
	state    *state.State
	jobs     []string
	metrics  []any
	captured []string
	requests []*sdk.Request
	logs     []string
}

func (h *host) Enabled(sdk.Level) bool    { return true }
func (h *host) Log(l sdk.Level, m string) { h.logs = append(h.logs, m) }

func (h *host) Enqueue(name string, v sdk.Value, delay time.Duration) error {
	h.jobs = append(h.jobs, name+" "+v.String()+" in "+delay.String())
	return nil
}

func (h *host) EnqueueAt(name string, v sdk.Value, at time.Time) error {
	h.jobs = append(h.jobs, name+" "+v.String()+" at "+at.Format(time.RFC3339))
	return nil
}

func (h *host) Record(name string, op sdk.MetricOp, v float64) {
	h.metrics = append(h.metrics, name, op, v)
}

func (h *host) Capture(e *sdk.PluginEvent) error {
	h.captured = append(h.captured, e.String())
	return nil
}

func (h *host) Locate(ip string) (sdk.Value, error) {
	if ip != "1.2.3.4" {
		return sdk.Value{}, nil
	}
	return sdk.RawValue([]byte(`{"city":{"names":{"en":"Wien"}}}`)), nil
}

func (h *host) Fetch(_ context.Context, r *sdk.Request) (*sdk.Response, error) {
	h.requests = append(h.requests, r)
	if r.URL == "https://down.example/" {
		return nil, errors.New("connection refused")
	}
	return &sdk.Response{
		URL: r.URL, Status: 404, StatusText: "Not Found",
		Headers: [][2]string{{"content-type", "application/json"}, {"x-a", "1"}, {"x-a", "2"}}, Body: []byte(`{"n":1,"s":"é"}`),
	}, nil
}

// lent starts a plugin whose processEvent is the statements of an async function.
func lent(t *testing.T, code string) (*plugin, *host) {
	t.Helper()
	return borrow(t, "export const metrics = { total: 'sum', most: 'max', least: 'min' }\nexport async "+body("%s", code)[len("export "):])
}

// borrow starts a plugin of one JavaScript file that has all that a host can lend.
func borrow(t testing.TB, source string) (*plugin, *host) {
	t.Helper()
	h := &host{state: state.New()}
	program := load(t, files("index.js", source))
	p := &plugin{t: t}
	var err error
	p.meta, err = sdk.NewMeta(sdk.MetaConfig{
		Log: h, Storage: h.state.Storage("p"), Cache: h.state.Cache("p"), Jobs: h, Metrics: h, Capturer: h, GeoIP: h, Fetcher: h,
		Clock: func() time.Time { return time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC) },
	})
	require.NoError(t, err)
	p.hooks, err = program.New(context.Background(), p.meta)
	require.NoError(t, err)
	return p, h
}

func TestServices(t *testing.T) {
	// fails makes an expression of the message with which a promise is rejected.
	const fails = "const fails = async (p) => { try { await p; return 'no failure' } catch (e) { return e.name + ': ' + e.message } }; const { storage: s, cache: c, utils: { cursor }, jobs, metrics, geoip } = meta; "
	rows := []struct{ name, reason, code, want string }{
		{"storage round trip", "JSON", "await s.set('k', {a: [1, undefined], u: undefined, d: new Date(0), n: NaN}); return {r: await s.get('k')}", `{"r":{"a":[1,null],"d":"1970-01-01T00:00:00.000Z","n":null}}`},
		{"storage default", "for what was never set", "return {r: [await s.get('x', 5), (await s.get('x')) === undefined]}", `{"r":[5,true]}`},
		{"storage null", "is a value", "await s.set('k', null); return {r: await s.get('k', 5)}", `{"r":null}`},
		{"storage undefined", "deletes", "await s.set('k', 1); await s.set('k', undefined); return {r: await s.get('k', 'gone')}", `{"r":"gone"}`},
		{"storage del", "deletes", "await s.set('k', 1); await s.del('k'); await s.del('k'); return {r: await s.get('k', 'gone')}", `{"r":"gone"}`},
		{"storage cycle", "rejects", "const o = {}; o.o = o; return {r: await fails(s.set('k', o))}", `{"r":"TypeError: Converting circular structure to JSON"}`},
		{"cursor", "counts in storage", "await cursor.init('n', 5); await cursor.init('n', 9); return {r: [await cursor.increment('n'), await cursor.increment('n', 2.5), await cursor.increment('n', 0), await cursor.increment('m', 3), await s.get('n')]}", `{"r":[6,8.5,9.5,3,9.5]}`},
		{"cursor arguments", "exact words", "return {r: [await fails(cursor.init('n', 'x')), await fails(cursor.increment('n', 'x'))]}", `{"r":["Error: The cursor's initial value must be a number!","Error: The incrementBy value must be a number!"]}`},
		{"cache round trip", "JSON", "await c.set('k', {a: 1}); return {r: [await c.get('k'), await c.get('x', 'd'), (await c.get('x')) === undefined]}", `{"r":[{"a":1},"d",true]}`},
		{"cache raw", "without JSON", "await c.set('k', 'x{', 0, {jsonSerialize: false}); return {r: [await c.get('k', 1), await c.get('k', 1, {jsonSerialize: false})]}", `{"r":[null,"x{"]}`},
		{"cache empty text", "is null", "await c.set('k', '', 0, {jsonSerialize: false}); return {r: await c.get('k', 1)}", `{"r":null}`},
		{"cache incr", "on what set wrote", "await c.set('k', 41); return {r: [await c.incr('k'), await c.get('k'), await fails(c.set('t', 'x').then(() => c.incr('t')))]}", `{"r":[42,42,"Error: value is not an integer or out of range"]}`},
		{"cache expire", "says whether there was a key", "await c.set('k', 1); return {r: [await c.expire('k', 5), await c.expire('x', 5), await c.expire('k', 0), await c.get('k', 'gone')]}", `{"r":[true,false,true,"gone"]}`},
		{"cache lists", "as in Redis", "return {r: [await c.lpush('l', ['1', 2, '3']), await c.lpush('l', '4'), await c.lrange('l', 0, -1), await c.llen('l'), await c.lpop('l', 2), await c.lrem('l', 0, '1'), await c.lrange('l', 0, 5), await c.lpop('none', 1), await c.lrange('none', 0, 1)]}", `{"r":[3,4,["4","3","2","1"],4,["4","3"],1,["2"],null,[]]}`},
		{"cache arguments", "exact words", "return {r: [await fails(c.lpush('l', 5)), await fails(c.lpush('l', Array(1001).fill('x'))), await fails(c.lrange('l', '0', 1)), await fails(c.lpop('l')), await fails(c.lrem('l', 'x', 'y'))]}",
			`{"r":["IllegalOperationError: cache.lpush expects a string value or an array of strings","IllegalOperationError: Too many elements in array for cache.lpush. Maximum: 1000","Error: cache.lrange expects a number for the start and end indexes","Error: cache.lpop expects a number for the \"count\" argument","Error: cache.lrem expects a number for the \"count\" argument"]}`},
		{"geoip at once", "plugins for late runtimes do not await it", "return {r: [geoip.locate('1.2.3.4').city.names.en, geoip.locate()]}", `{"r":["Wien",null]}`},
		{"geoip as a promise", "plugins for early runtimes may use it as one", "const place = geoip.locate('1.2.3.4'); return {r: [await place.then((p) => p.city.names.en), await geoip.locate('1.2.3.4').catch(() => 0).finally(() => 1).then((p) => typeof p), Object.keys(place)]}", `{"r":["Wien","object",["city"]]}`},
		{"geoip", "null if nothing is known", "return {r: [(await geoip.locate('1.2.3.4')).city.names.en, await geoip.locate('::1')]}", `{"r":["Wien",null]}`},
		{"jobs arguments", "exact words", "return {r: [await fails(jobs.j().runIn(1, 'fortnights')), await fails(jobs.j().runAt('never'))]}", `{"r":["Error: Unknown time unit: fortnights","Error: jobs.j.runAt: got never, want a date"]}`},
		{"metrics arguments", "exact words", "const t = (f) => { try { f() } catch (e) { return e.message } }; return {r: [t(() => metrics.nope), t(() => metrics.total.increment('x')), typeof metrics.total.max]}", `{"r":["Invalid metric name","Only numbers are allowed for operations on metrics","undefined"]}`},
		{"posthog.api", "says why not", "return {r: await fails(posthog.api.get('/x'))}", `{"r":"Error: posthog.api.get is not available: plugreel runs plugins without the host product; read what you need from config or attachments"}`},
		{"fetch", "a Response", "const r = await fetch('https://a.example/x', {method: 'post', body: JSON.stringify({a: 1}), headers: {'Content-Type': 'application/json', 'X-B': 2}}); return {r: [r.ok, r.status, r.statusText, r.url, r.headers.get('Content-Type'), r.headers.get('x-a'), await r.clone().json(), await r.clone().text(), (await r.clone().arrayBuffer()).byteLength, (await r.buffer()).length, await fails(r.text())]}",
			`{"r":[false,404,"Not Found","https://a.example/x","application/json","1, 2",{"n":1,"s":"é"},"{\"n\":1,\"s\":\"é\"}",16,16,"TypeError: body used already for: https://a.example/x"]}`},
		{"fetch fails", "rejects", "return {r: await fails(fetch('https://down.example/'))}", `{"r":"FetchError: connection refused"}`},
		{"a Response that a plugin makes", "node-fetch names the status, the web takes none out of range",
			"const N = require('node-fetch').Response; const n = new N('x', {status: 413}); const w = new Response('x', {status: 413}); const t = (f) => { try { return f().status } catch (e) { return String(e) } }; return {r: [n.statusText, n.clone().statusText, new N('').statusText, new N('', {status: 1}).clone().status, w.statusText, w.clone().statusText, t(() => new Response('', {status: 1})), Response.error().status, n instanceof Response, w instanceof N, N.name, (await fetch('https://a.example/x')) instanceof Response]}",
			`{"r":["Payload Too Large","Payload Too Large","OK",1,"","","RangeError: init[\"status\"] must be in the range of 200 to 599, inclusive.",0,true,true,"Response",true]}`},
		{"node-fetch", "the same function, however it is imported", "const f = require('node-fetch'); return {r: [f === fetch, f.default === fetch, typeof f.Headers, typeof Response]}", `{"r":[true,true,"function","function"]}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p, _ := lent(t, fails+row.code)
			got, err := p.process(`{}`)
			require.NoError(t, err)
			assert.JSONEq(t, row.want, got, row.reason)
		})
	}
}

func TestWhatTheHostIsAsked(t *testing.T) {
	p, h := lent(t, `
		const { jobs, metrics } = meta
		await jobs.send({ a: 1 }).runNow()
		await jobs.send().runIn(2, 'days')
		await jobs.send(1).runIn(1, 'month')
		await jobs.send(1).runAt(new Date(0))
		metrics.total.increment(2); metrics.most.max(3); metrics.least.min(4)
		await posthog.capture('made', { distinct_id: 'd', a: 1, $lib: 'own' })
		await posthog.capture('plain')
		await fetch(new Request('https://a.example/', { headers: new Headers([['B', '2'], ['a', '1']]) }), { redirect: 'manual' })
		return event`)
	_, err := p.process(`{}`)
	require.NoError(t, err)
	assert.Equal(t, []string{`send {"a":1} in 0s`, "send  in 48h0m0s", "send 1 in 720h0m0s", "send 1 at 1970-01-01T00:00:00Z"}, h.jobs)
	assert.Equal(t, []any{"total", sdk.MetricSum, 2.0, "most", sdk.MetricMax, 3.0, "least", sdk.MetricMin, 4.0}, h.metrics)
	const now = `"2024-03-05T10:11:12.000Z"`
	require.Len(t, h.captured, 2)
	assert.JSONEq(t, `{"event":"made","distinct_id":"d","properties":{"distinct_id":"d","$lib":"own","$lib_version":"1.0.0","a":1},"timestamp":`+now+`,"now":`+now+`,"sent_at":`+now+`,"ip":"","site_url":"","uuid":`+uuidOf(t, h.captured[0])+`}`, h.captured[0])
	assert.Contains(t, h.captured[1], `"distinct_id":"test"`, "the plugin's name")
	require.Len(t, h.requests, 1)
	assert.Equal(t, &sdk.Request{Method: "GET", URL: "https://a.example/", Headers: [][2]string{{"a", "1"}, {"b", "2"}}, Manual: true}, h.requests[0])
}

// uuidOf returns the uuid of an event, quoted, and checks its form.
func uuidOf(t *testing.T, text string) string {
	e, err := sdk.NewEvent([]byte(text))
	require.NoError(t, err)
	assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, e.UUID())
	return e.Get("uuid").String()
}

func TestHostThatLendsNothing(t *testing.T) {
	p := plug(t, "export async "+body(`
		const why = async (p) => { try { await p } catch (e) { return e.message } }
		return { r: [await why(meta.storage.get('x')), await why(meta.cache.incr('x')), await why(meta.jobs.x().runNow()), await why(posthog.capture('x')), await why(fetch('https://a.example')), await meta.geoip.locate('1.2.3.4')] }
	`)[len("export "):])
	assert.JSONEq(t, `{"r":["storage.get: the host of this plugin provides no storage","cache.incr: the host of this plugin provides no cache","jobs.x: the host of this plugin runs no jobs","posthog.capture: the host of this plugin takes no events","fetch is off: a replay opens no connection unless its host is named with --allow-net HOST",null]}`, p.must(`{}`))
}

func TestImportsBindTheWholeModule(t *testing.T) {
	p := start(t, load(t, files("index.ts", `import fetch from 'node-fetch'
import * as all from 'node-fetch'
import { Headers as H, type Response } from 'node-fetch'
import { RetryError } from '@posthog/plugin-scaffold'
export function processEvent(event: any) {
	return { r: [typeof fetch, typeof all, fetch === (all as any), typeof H, new RetryError('x') instanceof Error, RetryError === (globalThis as any).RetryError] }
}`)), "{}")
	assert.Equal(t, `{"r":["function","function",true,"function",true,true]}`, p.must(`{}`))
}
