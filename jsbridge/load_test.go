package jsbridge_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

func TestExports(t *testing.T) {
	const add = "event.ok = true; return event"
	rows := []struct{ name, reason, source string }{
		{"ES module", "export function", "export function processEvent(event) { " + add + " }"},
		{"ES module, arrow", "export const", "export const processEvent = (event) => { " + add + " }"},
		{"ES module, list", "export { name as hook }", "function p(event) { " + add + " }\nexport { p as processEvent }"},
		{"default object", "export default {…}", "export default { processEvent(event) { " + add + " } }"},
		{"exports.x", "CommonJS", "exports.processEvent = (event) => { " + add + " }"},
		{"exports = {}", "exports is a variable", "exports = { processEvent(event) { " + add + " } }"},
		{"module.exports", "CommonJS", "module.exports = { processEvent(event) { " + add + " } }"},
		{"module.exports.default", "compiled ES module", "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { processEvent(event) { " + add + " } }"},
		{"exports before module.exports", "exports wins", "exports.processEvent = (event) => { " + add + " }; module.exports = { processEvent() {} }"},
		{"bare function", "nothing is exported", "function processEvent(event) { " + add + " }"},
		{"bare var", "is a global too", "var processEvent = (event) => { " + add + " }"},
		{"bare function with an import of types", "TypeScript in a .js file", "import { PluginEvent } from '@posthog/plugin-scaffold'\nfunction processEvent(event: PluginEvent) { " + add + " }"},
		{"assigned to global", "global is the global object", "global.processEvent = (event) => { " + add + " }"},
		{"processEventBatch", "the old form", "export function processEventBatch(events) { return events.map((event) => { " + add + " }) }"},
		{"processEventBatch, async", "is awaited", "export async function processEventBatch([event]) { event.ok = true; return [event] }"},
		{"class instance", "methods of an object", "class P { processEvent(event) { " + add + " } }\nmodule.exports = new P()"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			program := load(t, files("index.js", row.source))
			assert.Equal(t, []string{"processEvent"}, program.Info().Hooks)
			assert.Equal(t, `{"ok":true}`, start(t, program, "{}").must(`{}`), row.reason)
		})
	}
	none := load(t, files("index.js", "const processEvent = (event) => event\nexport const other = 1"))
	assert.Empty(t, none.Info().Hooks, "top-level const is no export, and nothing else counts once something is exported")
	assert.Equal(t, "no-hooks", none.Info().Notices[0].Code)
}

func TestEntry(t *testing.T) {
	const js, ts = "export function processEvent() { return {from: 'js'} }", "export function processEvent(): object { return {from: 'ts'} }"
	rows := []struct {
		name, reason, main string
		files              []string
		want, wantErr      string
		notice             bool
	}{
		{name: "index.js", reason: "first", files: []string{"index.js", js, "index.ts", ts}, want: "js"},
		{name: "index.ts", reason: "second", files: []string{"index.ts", ts}, want: "ts"},
		{name: "main", reason: "named", main: "./lib/a.ts", files: []string{"index.js", js, "lib/a.ts", ts}, want: "ts"},
		{name: "build product missing", reason: "its source", main: "dist/plugin.js", files: []string{"src/plugin.ts", ts}, want: "ts", notice: true},
		{name: "build product missing, index there", reason: "the usual names", main: "dist/index.js", files: []string{"src/index.ts", ts}, want: "ts", notice: true},
		{name: "nothing there", reason: "says where it looked", files: []string{"plugin.json", "{}"}, wantErr: "test: no source to load; looked for index.js, index.ts"},
		{name: "main and nothing else", reason: "says where it looked", main: "a.js", files: []string{"plugin.json", "{}"}, wantErr: "no source to load; looked for a.js, a.ts, src/a.ts, src/a.js, index.js"},
		{name: "outside", reason: "never read", main: "../x.js", files: []string{"index.js", js}, wantErr: `plugin.json: main: got "../x.js", want a file inside`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			program, err := jsbridge.Load(context.Background(), files(row.files...), &manifest.Manifest{Name: "test", Main: row.main})
			if row.wantErr != "" {
				var loadErr *sdk.LoadError
				require.ErrorAs(t, err, &loadErr)
				require.ErrorContains(t, err, row.wantErr, row.reason)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, `{"from":"`+row.want+`"}`, start(t, program, "{}").must(`{}`), row.reason)
			assert.Equal(t, row.notice, len(program.Info().Notices) == 1 && program.Info().Notices[0].Code == "main-missing")
		})
	}
}

func TestModules(t *testing.T) {
	fsys := files(
		"index.ts", `import { twice } from './lib/twice'
import data from './data.json'
import * as up from './lib/up.js'
const late = require('./lib')
import pkg from 'pkg'
import inner from '@scope/pkg/inner'
import deep from '@scope/pkg/deep/file'
import unlisted from '@scope/pkg/lib/unlisted.js'
import type { Nothing } from 'nowhere'
export function processEvent(event: any) { return { ...event, n: twice(data.n), up: up.name, late: late.index, pkg, inner, deep, unlisted } }`,
		"lib/twice.ts", "import { two } from '../lib/two'\nexport const twice = (n: number): number => n * two",
		"lib/two.js", "exports.two = 2",
		"lib/up.ts", "export const name = 'up'",
		"lib/index.js", "module.exports = { index: true }",
		"data.json", `{"n": 21}`,
		"node_modules/pkg/package.json", `{"main": "./main"}`,
		"node_modules/pkg/main.js", "module.exports = 'installed'",
		"node_modules/@scope/pkg/package.json", `{"exports": {".": "./none.js", "./inner": {"import": "./none.js", "require": "./lib/in.js"}, "./d*": "./none/*.js", "./deep/*": {"default": "./lib/*.js"}}}`,
		"node_modules/@scope/pkg/lib/in.js", "module.exports = 'exported'",
		"node_modules/@scope/pkg/lib/file.js", "module.exports = 'by pattern'",
		"node_modules/@scope/pkg/lib/unlisted.js", "module.exports = 'by path'",
	)
	program := load(t, fsys)
	assert.Equal(t, `{"n":42,"up":"up","late":true,"pkg":"installed","inner":"exported","deep":"by pattern","unlisted":"by path"}`, start(t, program, "{}").must(`{}`))
	var names []string
	for _, f := range program.Info().Files {
		names = append(names, f.Name)
	}
	assert.Equal(t, []string{"data.json", "index.ts", "lib/index.js", "lib/twice.ts", "lib/two.js", "lib/up.ts",
		"node_modules/@scope/pkg/lib/file.js", "node_modules/@scope/pkg/lib/in.js", "node_modules/@scope/pkg/lib/unlisted.js", "node_modules/pkg/main.js"}, names)
}

func TestLoadErrors(t *testing.T) {
	rows := []struct{ name, reason, source, want string }{
		{"syntax error", "position in the author's file", "\n\nexport function processEvent( { return }", `test: index.js:3:41: Expected`},
		{"syntax that the engine refuses", "found by its parser", "let a = 1\nlet b = /(?<=a/", "index.js:2:"},
		{"throw at load", "position of the throw", "const a = 1;\n  throw new Error('at load')", "test: index.js:2:9: Error: at load"},
		{"throw text at load", "no Error object", "\nthrow 'text'", "test: index.js:2:1: text"},
		{"reference error", "TypeScript is stripped, not checked", "const x: number = 1\nnope()", "test: index.js:2:"},
		{"module of Node", "nothing could be installed", "const https = require('node:https')", `cannot import "node:https": plugreel does not provide this module of Node; plugins reach the network by fetch`},
		{"unknown package", "names it and says what to do", "import kea from 'kea'\nexport const processEvent = (e) => kea(e)", `cannot import "kea": plugreel does not provide this package`},
		{"missing file", "names it", "import x from './x'\nexport const processEvent = () => x", `cannot import "./x": module not found`},
		{"outside the root", "never read", "const x = require('../../etc/passwd')", `cannot import "../../etc/passwd": "../../etc/passwd" is outside the plugin's directory`},
		{"absolute", "never read", "const x = require('/etc/passwd')", `is outside the plugin's directory`},
		{"broken import", "its own position", "import './broken'", "test: broken.js:1:"},
		{"JSX", "is no TypeScript", "export const a = <div/>", "test: index.js:1:"},
		{"endless", "stopped", "for (;;) {}", "top-level code: no answer within the time limit of 50ms"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := jsbridge.Load(context.Background(), files("index.js", row.source, "broken.js", "let = ="),
				&manifest.Manifest{}, jsbridge.WithName("test"), jsbridge.WithLoadTimeout(50*time.Millisecond))
			require.ErrorContains(t, err, row.want, row.reason)
			var loadErr *sdk.LoadError
			require.ErrorAs(t, err, &loadErr)
		})
	}
	_, err := jsbridge.Load(context.Background(), fstest.MapFS{"index.js": {Mode: 0o755 | 1<<31}}, &manifest.Manifest{})
	require.Error(t, err, "a directory is no source")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = jsbridge.Load(ctx, files("index.js", "for (;;) {}"), &manifest.Manifest{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestErrorPositions(t *testing.T) {
	source := `interface Props { a: number }

type Unused = string
function inner(event: any): number {
    return event.properties.deep.er
}
export function processEvent(event: any, { config }: { config: Props }) {
    if (event.async) return later(event)
    event.n = inner(event)
}
async function later(event: any) {
    await null
    throw new RangeError('late')
}
`
	p := start(t, load(t, files("index.ts", source)), "{}")
	_, err := p.process(`{"properties":{}}`)
	var script *jsbridge.ScriptError
	require.ErrorAs(t, err, &script)
	assert.Equal(t, []any{"TypeError", "index.ts", 5, 34}, []any{script.Name, script.File, script.Line, script.Column})
	assert.Equal(t, "at inner (index.ts:5:34)\nat processEvent (index.ts:9:15)", script.Stack())
	_, err = p.process(`{"async":true}`)
	require.EqualError(t, err, "RangeError: late (index.ts:13:11)")
}

func TestErrorPositionsInDirectories(t *testing.T) {
	p := start(t, load(t, files("index.js", "export { processEvent } from './lib/deep/hook'",
		"lib/deep/hook.ts", "export function processEvent(): never {\n\tthrow new Error('deep')\n}")), "{}")
	_, err := p.process(`{}`)
	require.EqualError(t, err, "Error: deep (lib/deep/hook.ts:2:8)")
}

func TestMeta(t *testing.T) {
	p := start(t, load(t, files("index.js", `
export function setupPlugin({ config, global, attachments }) {
	global.text = attachments.file.contents.toString()
	global.latin = attachments.file.contents.toString('latin1')
	config.added = 1
}
let calls = 0
export function processEvent(event, meta) {
	const { config, global, attachments } = meta
	const c = attachments.file.contents
	return {
		config, text: global.text, latin: global.latin, none: attachments.nope === undefined,
		is: [Buffer.isBuffer(c), c instanceof Uint8Array, c.length, c.toString('hex'), c.toString('base64')],
		members: Object.keys(meta), file: [attachments.file.content_type, attachments.file.file_name],
		calls: ++calls, same: (global.meta = global.meta || meta) === meta, now: new Date().toISOString(),
	}
}`)), `{"n":1.5,"s":"x","big":12345678901234567890}`)
	want := `{"config":{"n":1.5,"s":"x","big":12345678901234567000,"added":1},"text":"häl�o","latin":"hÃ¤lÿo","none":true,` +
		`"is":[true,true,6,"68c3a46cff6f","aMOkbP9v"],"members":["config","global","attachments","cache","storage","utils"],"file":["text/plain","a.txt"],` +
		`"calls":%s,"same":true,"now":"2024-03-05T10:11:12.345Z"}`
	assert.JSONEq(t, replace(want, "%s", "1"), p.must(`{}`))
	assert.JSONEq(t, replace(want, "%s", "2"), p.must(`{}`), "variables and config last as long as the instance")
	other := start(t, load(t, files("index.js", body("return {shared: Object.prototype.leak === undefined}"))), "{}")
	plug(t, body("Object.prototype.leak = 1; return event")).must(`{}`)
	assert.Equal(t, `{"shared":true}`, other.must(`{}`), "instances share nothing")
}

func replace(s, old, with string) string {
	for i := range len(s) - len(old) + 1 {
		if s[i:i+len(old)] == old {
			return s[:i] + with + s[i+len(old):]
		}
	}
	return s
}

func TestConsole(t *testing.T) {
	p := plug(t, body(`
		console.log('n =', 987)
		console.log({1: 'ein', 2: 'zwei'}, [99, 79], null, undefined, true)
		console.error(new Error('something'))
		console.warn()
		console.info('%%s', 'x')
		console.debug(() => 1)
		await_(console.log('a promise'))
		return event
		function await_(p) { if (!(p instanceof Promise)) throw 1 }
	`))
	p.must(`{}`)
	assert.Equal(t, []string{
		"LOG n = 987", `LOG {"1":"ein","2":"zwei"} [99,79] null undefined true`, "ERROR Error: something",
		"WARN ", "INFO %s x", "DEBUG () => 1", "LOG a promise",
	}, p.logs)
}

func TestAsync(t *testing.T) {
	rows := []struct{ name, reason, code, want, wantErr string }{
		{"await", "microtasks run", "await null; await Promise.resolve(); event.a = 1; return event", `{"a":1}`, ""},
		{"timer", "the clock jumps, nobody waits", "const t = Date.now(); await new Promise((r) => setTimeout(r, 3600000)); event.ms = Date.now() - t; return event", `{"ms":3600000}`, ""},
		{"timers in order", "by due time, then by age", "const r = []; setTimeout(() => r.push('c'), 20); setTimeout((x) => r.push(x), 10, 'a'); setTimeout(() => r.push('b'), 10); setImmediate(() => r.push('0')); await new Promise((f) => setTimeout(f, 30)); event.r = r; return event", `{"r":["0","a","b","c"]}`, ""},
		{"interval", "until cleared", "let n = 0; await new Promise((r) => { const t = setInterval(() => { if (++n === 3) { clearInterval(t); r() } }, 10) }); event.n = n; return event", `{"n":3}`, ""},
		{"cleared timer", "does not run", "clearTimeout(setTimeout(() => { event.x = 1 }, 1)); await new Promise((r) => setTimeout(r, 5)); return event", `{}`, ""},
		{"microtask", "before timers", "const r = []; setTimeout(() => r.push('t')); queueMicrotask(() => r.push('m')); await new Promise((f) => setTimeout(f, 5)); event.r = r; return event", `{"r":["m","t"]}`, ""},
		{"thenable", "is awaited", "return {then(resolve) { resolve({x: 1}) }}", `{"x":1}`, ""},
		{"never", "found out at once", "await new Promise(() => {}); return event", `{}`, "promise never settles"},
		{"endless interval", "found out", "setInterval(() => {}, 1); await new Promise(() => {}); return event", `{}`, "promise never settles"},
		{"throw in a timer", "ends the wait", "setTimeout(() => { throw new Error('in timer') }, 1); await new Promise(() => {})", `{}`, "Error: in timer (index.js:2:26)"},
		{"for await", "lowered", "let n = 0; for await (const x of [1, Promise.resolve(2)]) n += x; event.n = n; return event", `{"n":3}`, ""},
		{"async generator", "lowered", "async function* g() { yield 1; yield 2 }; let n = 0; for await (const x of g()) n += x; event.n = n; return event", `{"n":3}`, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, err := plug(t, "export async "+body("%s", row.code)[len("export "):]).process(`{}`)
			assert.Equal(t, row.want, got, row.reason)
			if row.wantErr == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, row.wantErr, row.reason)
		})
	}
	p := plug(t, body("Promise.reject(new Error('lost')); return event"))
	p.must(`{}`)
	assert.Equal(t, []string{"ERROR unhandled promise rejection: Error: lost"}, p.logs)
}

func TestStop(t *testing.T) {
	p := plug(t, body("if (event.loop) for (;;) {}; return event"))
	e, err := sdk.NewEvent([]byte(`{"loop":true}`))
	require.NoError(t, err)
	call := p.meta.Begin(context.Background())
	done := make(chan error)
	go func() {
		_, err := p.hooks.ProcessEvent(e, p.meta)
		done <- err
	}()
	require.True(t, p.meta.Stop(call, sdk.ErrTimeout))
	err = <-done
	require.ErrorIs(t, err, sdk.ErrTimeout)
	require.ErrorIs(t, err, sdk.ErrInstanceDead)
	require.ErrorIs(t, p.meta.End(), sdk.ErrTimeout)
	_, err = p.process(`{}`)
	require.ErrorIs(t, err, sdk.ErrInstanceDead, "no further call")
	require.NoError(t, p.hooks.Close())
	require.NoError(t, p.hooks.Close())
}

func TestHooks(t *testing.T) {
	p := start(t, load(t, files("index.js", `
export function setupPlugin() {}
export function composeWebhook(event, { config }) {
	if (event.event === 'skip') return null
	if (event.event === 'async') return Promise.resolve({})
	if (event.event === 'bad') return 'x'
	if (event.event === 'nourl') return {}
	if (event.event === 'throw') throw new Error('no')
	return { url: 'https://example.org/' + event.event, method: 'PUT', headers: { 'X-A': 1 }, body: JSON.stringify({ at: event.timestamp, is: event.timestamp instanceof Date, keys: Object.keys(event) }) }
}
export async function onEvent(event) {
	if (event.event === 'retry') throw new RetryError('later')
	console.log(event.event, event.timestamp)
	event.changed = true
}
export function teardownPlugin() { console.log('bye') }`)), "{}")
	assert.Nil(t, p.hooks.ProcessEvent)
	compose := func(event string) (*sdk.Webhook, error) {
		e, err := sdk.NewEvent([]byte(event))
		require.NoError(t, err)
		return p.hooks.ComposeWebhook(e, p.meta)
	}
	w, err := compose(`{"uuid":"u","event":"e","timestamp":"2024-01-01T00:00:00.000Z","properties":{}}`)
	require.NoError(t, err)
	assert.Equal(t, &sdk.Webhook{
		URL: "https://example.org/e", Method: "PUT", Headers: map[string]string{"X-A": "1"},
		Body: `{"at":"2024-01-01T00:00:00.000Z","is":true,"keys":["uuid","event","timestamp","properties"]}`,
	}, w)
	w, err = compose(`{"event":"skip"}`)
	require.NoError(t, err)
	assert.Nil(t, w)
	for event, want := range map[string]string{
		"async": "must not be async", "bad": "composeWebhook returned x, want an object", "nourl": "without url", "throw": "Error: no (index.js:8:",
	} {
		_, err = compose(`{"event":"` + event + `"}`)
		require.ErrorContains(t, err, want)
	}
	on := func(event string) error {
		e, err := sdk.NewEvent([]byte(event))
		require.NoError(t, err)
		return p.hooks.OnEvent(e, p.meta)
	}
	require.NoError(t, on(`{"event":"e","timestamp":"t"}`))
	var retry *sdk.RetryError
	require.ErrorAs(t, on(`{"event":"retry"}`), &retry)
	require.EqualError(t, retry, "RetryError: later (index.js:12:37)")
	require.NoError(t, p.hooks.TeardownPlugin(p.meta))
	assert.Equal(t, []string{"LOG e t", "LOG bye"}, p.logs)
	assert.Equal(t, []string{"setupPlugin", "onEvent", "composeWebhook", "teardownPlugin"}, load(t, files("index.js", "export const setupPlugin = 1, composeWebhook = 1, onEvent = 1, teardownPlugin = 1")).Info().Hooks)
}

func TestHookThatIsNoFunction(t *testing.T) {
	_, err := plug(t, "export const processEvent = 5").process(`{}`)
	require.EqualError(t, err, "TypeError: hook is 5, not a function", "found when it is called, as in the original runtime")
}

func TestSetupFails(t *testing.T) {
	program := load(t, files("index.js", "export function setupPlugin({ config }) { if (!config.key) throw new Error('key is missing') }"))
	meta, err := sdk.NewMeta(sdk.MetaConfig{})
	require.NoError(t, err)
	hooks, err := program.New(context.Background(), meta)
	require.NoError(t, err)
	require.EqualError(t, hooks.SetupPlugin(meta), "Error: key is missing (index.js:1:66)")
}

func TestSloppyMode(t *testing.T) {
	p := start(t, load(t, files(
		"index.js", body("undeclared = 1; event.sloppy = (function () { return this === globalThis })(); event.octal = undeclared; return event"),
		"tsconfig.json", `{"compilerOptions":{"strict":true,"alwaysStrict":true}}`)), "{}")
	assert.Equal(t, `{"sloppy":true,"octal":1}`, p.must(`{}`), "no \"use strict\" is added")
}

func TestBuffer(t *testing.T) {
	rows := []struct{ name, code, want string }{
		{"from text", "Buffer.from('aé😀').toString('hex')", `"61c3a9f09f9880"`},
		{"round trips", "['utf8','hex','base64','base64url','latin1','utf16le','ascii'].map((e) => Buffer.from('00ff7f41', 'hex').toString(e))", "[\"\\u0000�\x7fA\",\"00ff7f41\",\"AP9/QQ==\",\"AP9_QQ\",\"\\u0000ÿ\x7fA\",\"＀䅿\",\"\\u0000\x7f\x7fA\"]"},
		{"base64 leniency", "Buffer.from('aGk_ aGk=ignored', 'base64').toString('hex')", `"68693f6869"`},
		{"hex stops", "Buffer.from('0aZZ', 'hex').length", `1`},
		{"concat", "Buffer.concat([Buffer.from('a'), Buffer.from('b')]).toString()", `"ab"`},
		{"byteLength", "[Buffer.byteLength('é'), Buffer.byteLength('ff', 'hex')]", `[2,1]`},
		{"JSON", "Buffer.from([1, 2])", `{"type":"Buffer","data":[1,2]}`},
		{"slice shares", "(() => { const b = Buffer.from('abc'); b.slice(1)[0] = 65; return b.toString() })()", `"aAc"`},
		{"numbers", "(() => { const b = Buffer.alloc(8); b.writeUInt32BE(0xdeadbeef, 0); b.writeInt16LE(-2, 4); return [b.toString('hex'), b.readUInt32BE(0), b.readInt16LE(4)] })()", `["deadbeeffeff0000",3735928559,-2]`},
		{"equals and indexOf", "[Buffer.from('a').equals(Buffer.from('a')), Buffer.from('hello').indexOf('ll'), Buffer.from('hello').includes('z')]", `[true,2,false]`},
		{"isBuffer", "[Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1))]", `[true,false]`},
		{"fill", "Buffer.alloc(5, 'ab').toString()", `"ababa"`},
		{"bad argument", "(() => { try { Buffer.from(5) } catch (e) { return e.name } })()", `"TypeError"`},
		{"module", "require('buffer').Buffer === Buffer", `true`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.JSONEq(t, `{"r":`+row.want+`}`, plug(t, body("event.r = %s; return event", row.code)).must(`{}`))
		})
	}
}

func TestErrorsUnwrap(t *testing.T) {
	_, err := jsbridge.Load(context.Background(), files("index.js", "throw new Error('x')"), &manifest.Manifest{Name: "n"})
	var script *jsbridge.ScriptError
	require.True(t, errors.As(err, &script))
	assert.Equal(t, "x", script.Message)
	assert.NotEmpty(t, script.Stack())
}
