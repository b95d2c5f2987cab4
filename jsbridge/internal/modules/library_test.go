package modules

import (
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // expectations are of a machine in UTC
	os.Exit(m.Run())
}

func TestProvides(t *testing.T) {
	for _, name := range Names() {
		h := newHost(t)
		first, ok := h.lib.Require(name)
		require.True(t, ok, name)
		again, _ := h.lib.Require("node:" + name)
		assert.Same(t, first, again, "%s: the same exports each time, with and without node:", name)
		assert.True(t, Provides(name), name)
	}
	for _, name := range []string{"fs", "fs/promises", "http", "https", "http2", "child_process", "cluster", "dgram", "dns", "tls", "vm", "worker_threads", "inspector", "repl", "", "URL"} {
		assert.False(t, Provides(name), "%s: opens the machine, or does not exist", name)
		_, ok := New(&testHost{vm: goja.New()}).Require(name)
		assert.False(t, ok, name)
	}
}

// row is an expression with what String gives of its result.
type row struct{ name, reason, script, want string }

func runRows(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			assert.Equal(t, r.want, newHost(t).text(r.script), r.reason)
		})
	}
}

func TestGlobals(t *testing.T) {
	for _, name := range GlobalNames() {
		h := newHost(t)
		assert.NotEqual(t, "undefined", h.text("typeof "+name), name)
	}
	runRows(t, []row{
		{"not enumerable", "globals of the language are not", `Object.keys(globalThis).includes('URL') + '' + ('URL' in globalThis)`, "falsetrue"},
		{"plain once read", "a plugin that looks finds what Node has", `URL; const d = Object.getOwnPropertyDescriptor(globalThis, 'URL'); [typeof d.value, d.writable, d.configurable, d.enumerable].join()`, "function,true,true,false"},
		{"plain once written", "a plugin may bring its own", `URL = 5; const d = Object.getOwnPropertyDescriptor(globalThis, 'URL'); [d.value, d.writable].join()`, "5,true"},
		{"one class", "instanceof must work across module and global", `require('url').URL === URL && new (require('url').URL)('a:') instanceof URL`, "true"},
		{"module first", "in either order", `const u = new (require('url').URL)('a:'); u instanceof URL`, "true"},
	})
	vm := goja.New()
	must(vm.Set("URL", 7))
	New(&testHost{vm: vm}).Install()
	assert.EqualValues(t, 7, vm.Get("URL").Export(), "a name that is taken is left alone")
}

func TestRandom(t *testing.T) {
	script := `const c = require('crypto'); [c.randomUUID(), c.randomBytes(9).toString('hex'), c.randomInt(1e6), crypto.randomUUID()].join()`
	first, again := newHost(t).text(script), newHost(t).text(script)
	assert.Equal(t, first, again, "the stream is the host's: the same seed, the same numbers")
	runRows(t, []row{
		{"fills parts", "offset and size say which bytes", `const b = new Uint8Array(6); require('crypto').randomFillSync(b, 2, 2); [b[0], b[1], b[2] + b[3] > 0, b[4], b[5]].join()`, "0,0,true,0,0"},
		{"offset too large", "Node's words", `try { require('crypto').randomFillSync(new Uint8Array(2), 3) } catch (e) { e.code }`, "ERR_OUT_OF_RANGE"},
		{"size too large", "Node's words", `try { require('crypto').randomFillSync(new Uint8Array(2), 1, 2) } catch (e) { e.code }`, "ERR_OUT_OF_RANGE"},
		{"no bytes", "only views can be filled", `try { require('crypto').randomFillSync([]) } catch (e) { e.code }`, "ERR_INVALID_ARG_TYPE"},
		{"callback", "randomFill answers later", `new Promise((r) => require('crypto').randomFill(new Uint8Array(2), (e, b) => r([e, b.length])))`, ",2"},
		{"old name", "pseudoRandomBytes is randomBytes", `require('crypto').pseudoRandomBytes(3).length`, "3"},
		{"bounds", "every number of a small range comes up", `const s = new Set(); for (let i = 0; i < 200; i++) s.add(require('crypto').randomInt(3)); [...s].sort().join()`, "0,1,2"},
	})
}

func TestClock(t *testing.T) {
	h := newHost(t)
	assert.Equal(t, "0 1709633472345", h.text(`performance.now() + ' ' + performance.timeOrigin`))
	h.now = h.now.Add(1500*time.Millisecond + 25*time.Microsecond)
	assert.Equal(t, "1500.025", h.text(`performance.now()`), "time is the host's")
	assert.Equal(t, "1,500025000", h.text(`process.hrtime().join()`))
	assert.Equal(t, "0,500025000", h.text(`process.hrtime([1, 0]).join()`))
	assert.Equal(t, "1500025000", h.text(`process.hrtime.bigint()`))
	assert.Equal(t, "1.500025", h.text(`process.uptime()`))
	assert.Equal(t, `{"timeOrigin":1709633472345}`, h.text(`JSON.stringify(performance)`))
}

func TestCreateBuffer(t *testing.T) {
	make := `const out = []; const b = require('@posthog/plugin-contrib').createBuffer({ limit: 3, timeoutSeconds: 5, onFlush: async (objects, points) => { out.push(objects.join('') + points) } }); `
	for _, c := range []row{
		{"below the limit", "nothing is flushed before its time", `b.add('a', 1); b.add('b', 2); out.join()`, ""},
		{"over the limit", "what does not fit flushes what is there first", `b.add('a', 2); b.add('b', 2); out.join()`, "a2"},
		{"too large alone", "an object over the limit goes at once", `b.add('a', 1); b.add('b', 9); out.join()`, "a1,b9"},
		{"weight is one", "points default to 1", `b.add('a'); b.add('b'); b.add('c'); b.add('d'); out.join()`, "abc3"},
		{"flush", "an empty buffer does not call onFlush", `b.add('a'); b.flush(); b.flush(); out.join()`, "a1"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, newHost(t).text(make+c.script), c.reason) })
	}
	h := newHost(t)
	_, err := h.run(make + `globalThis.out = out; b.add('a'); b.add('b')`)
	require.NoError(t, err)
	assert.Equal(t, "ab2", h.text(`out.join()`), "the timer flushes")
	h.vm.SetTimeSource(h.Now)
	_, err = h.run(`{` + make + `globalThis.again = b; globalThis.late = out; globalThis.setTimeout = () => 0; b.add("a") }`)
	require.NoError(t, err)
	h.now = h.now.Add(4 * time.Second)
	assert.Empty(t, h.text(`again.add('b'); late.join()`))
	h.now = h.now.Add(time.Second)
	assert.Equal(t, "ab2", h.text(`again.add('c'); late.join()`), "without a timer the next object does")
}

func TestLimits(t *testing.T) {
	h := newHost(t)
	var bomb bytes.Buffer
	w, _ := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	zeros := make([]byte, 1<<20)
	for range maxOutput>>20 + 1 {
		_, _ = w.Write(zeros)
	}
	must(w.Close())
	must(h.vm.Set("bomb", h.NewBuffer(bomb.Bytes())))
	assert.Equal(t, "ERR_BUFFER_TOO_LARGE Cannot create a Buffer larger than 268435456 bytes", h.text(`try { require('zlib').gunzipSync(bomb) } catch (e) { e.code + ' ' + e.message }`))
	runRows(t, []row{
		{"deep text", "nesting must not exhaust the stack", `try { JSON.parse('['.repeat(1e6)) } catch (e) { e.name + ': ' + e.message }`, "RangeError: Maximum call stack size exceeded"},
		{"deep clone", "likewise", `let o = {}; for (let i = 0; i < 2e5; i++) o = { o }; try { structuredClone(o) } catch (e) { e.name }`, "RangeError"},
		{"deep reviver", "likewise", `let depth = 0; try { JSON.parse('['.repeat(500) + ']'.repeat(500), (k, v) => { depth++; return v }).length } catch (e) { e.name }`, "1"},
		{"huge key", "a derivation may not run for minutes", `try { require('crypto').pbkdf2Sync('a', 'b', 1e9, 32, 'sha1') } catch (e) { e.code }`, "ERR_OUT_OF_RANGE"},
	})
}

// event is a dynamic object as the bridge makes of events.
type event struct{ members map[string]goja.Value }

func (e *event) Get(key string) goja.Value         { return e.members[key] }
func (e *event) Set(key string, v goja.Value) bool { e.members[key] = v; return true }
func (e *event) Has(key string) bool               { return e.members[key] != nil }
func (e *event) Delete(key string) bool            { delete(e.members, key); return true }
func (e *event) Keys() []string                    { return slices.Sorted(maps.Keys(e.members)) }

func newEvent(vm *goja.Runtime, key string, value any) *goja.Object {
	return vm.NewDynamicObject(&event{map[string]goja.Value{key: vm.ToValue(value)}})
}

func TestDynamicObjects(t *testing.T) {
	h := newHost(t)
	must(h.vm.Set("e", newEvent(h.vm, "properties", newEvent(h.vm, "$ip", "1.2.3.4"))))
	for script, want := range map[string]string{
		`const c = structuredClone(e); c !== e && c.properties.$ip + JSON.stringify(c)`: `1.2.3.4{"properties":{"$ip":"1.2.3.4"}}`,
		`require('util').inspect(e)`: `{ properties: { '$ip': '1.2.3.4' } }`,
		`require('util').isDeepStrictEqual(e, { properties: { $ip: '1.2.3.4' } })`:                     `true`,
		`try { require('assert').deepStrictEqual(e.properties, { $ip: 'x' }) } catch (x) { x.code }`:   `ERR_ASSERTION`,
		`new URLSearchParams(e.properties).toString()`:                                                 `%24ip=1.2.3.4`,
		`require('querystring').stringify(e.properties)`:                                               `%24ip=1.2.3.4`,
		`try { require('crypto').createHash('md5').update(e) } catch (x) { x.message.split('. ')[1] }`: `Received an instance of Object`,
	} {
		assert.Equal(t, want, h.text(script), script)
	}
}

func TestSubclasses(t *testing.T) {
	runRows(t, []row{
		{"fields", "private fields need an ordinary object", `class D extends TextDecoder { #n = 2; twice(b) { return this.decode(b).repeat(this.#n) } } new D().twice(new Uint8Array([97]))`, "aa"},
		{"params", "the state of the base class is found", `class P extends URLSearchParams { first() { return [...this][0].join('=') } } new P('a=1').first()`, "a=1"},
		{"expando", "plugins hang things on objects", `const h = require('crypto').createHash('md5'); h.tag = 1; Object.keys(h).join() + h.tag + delete h.tag + h.tag`, "tag1trueundefined"},
		{"without new", "on another object it cannot be a constructor", `try { URL.call({}, 'a:') } catch (e) { e.message }`, "Class constructor URL cannot be invoked without 'new'"},
		{"illegal constructor", "iterators are not made by hand", `typeof new URLSearchParams('a').keys().constructor`, "function"},
	})
}

func TestInterrupt(t *testing.T) {
	h := newHost(t)
	must(h.vm.Set("stop", func() { h.vm.Interrupt("stop") }))
	for _, script := range []string{
		`new URLSearchParams('a=1').forEach(() => { stop(); for (;;); })`,
		`JSON.parse('[1]', () => { stop(); for (;;); })`,
		`new URL({ toString() { stop(); for (;;); } })`,
		`require('util').inspect({ [Symbol.for('nodejs.util.inspect.custom')]() { stop(); for (;;); } })`,
	} {
		_, err := h.vm.RunString("try { " + script + " } catch (e) {}")
		var interrupted *goja.InterruptedError
		require.ErrorAs(t, err, &interrupted, script)
		h.vm.ClearInterrupt()
	}
}

func TestLocalZone(t *testing.T) {
	t.Setenv("TZ", "Europe/Vienna")
	vienna, err := time.LoadLocation("Europe/Vienna")
	require.NoError(t, err)
	time.Local = vienna
	defer func() { time.Local = time.UTC }()
	runRows(t, []row{
		{"toString", "zones have long names", `String(new Date(0))`, "Thu Jan 01 1970 01:00:00 GMT+0100 (Central European Standard Time)"},
		{"toLocaleString", "local time is what people expect", `new Date(0).toLocaleString('en-GB')`, "01/01/1970, 01:00:00"},
		{"resolvedOptions", "the zone has a name", `Intl.DateTimeFormat().resolvedOptions().timeZone`, "Europe/Vienna"},
	})
}

func TestErrors(t *testing.T) {
	runRows(t, []row{
		{"inspected", "the code is in brackets, as in Node", `try { require('crypto').createHash() } catch (e) { require('util').inspect(e).split('\n')[0] }`, `TypeError [ERR_INVALID_ARG_TYPE]: The "algorithm" argument must be of type string. Received undefined`},
		{"without constructor", "an object of no class is shown", `try { require('crypto').createHash(Object.create(null)) } catch (e) { e.message }`, `The "algorithm" argument must be of type string. Received [Object: null prototype] {}`},
		{"function", "by its name", `try { require('crypto').createHash(function f() {}) } catch (e) { e.message }`, `The "algorithm" argument must be of type string. Received function f`},
		{"bigint and symbol", "literals", `[1n, Symbol('s')].map((v) => { try { require('crypto').createHash(v) } catch (e) { return e.message.split('Received ')[1] } }).join()`, `type bigint (1n),type symbol (Symbol(s))`},
		{"long text", "cut at 25", `try { require('crypto').randomBytes('a'.repeat(40)) } catch (e) { e.message.split('Received ')[1] }`, `type string ('aaaaaaaaaaaaaaaaaaaaaaaa...)`},
		{"stream digest", "a promise, not a throw", `crypto.subtle.digest('MD5', new Uint8Array(1)).catch((e) => e.name)`, "NotSupportedError"},
		{"digest of text", "likewise", `crypto.subtle.digest('SHA-1', 'x').catch((e) => e.code)`, "ERR_INVALID_ARG_TYPE"},
		{"hkdf", "keys have a longest length", `try { require('crypto').hkdfSync('sha1', 'a', 'b', 'c', 1e5) } catch (e) { e.code }`, "ERR_CRYPTO_INVALID_KEYLEN"},
		{"dictionary", "what cannot be inflated has zlib's code", `try { require('zlib').inflateSync(Buffer.from([0x78, 0xbb, 1, 2, 3, 4, 0, 0])) } catch (e) { e.code }`, "Z_NEED_DICT"},
		{"captureStackTrace", "only objects have a stack", `try { Error.captureStackTrace(5) } catch (e) { e.name }`, "TypeError"},
	})
}

func TestNoTimers(t *testing.T) {
	h := &testHost{vm: goja.New()}
	h.lib = New(h)
	h.lib.Install()
	must(h.vm.Set("require", func(name string) goja.Value { v, _ := h.lib.Require(name); return v }))
	_, err := h.vm.RunString(`setImmediate = 5; require('zlib').gzip('a', () => {})`)
	require.ErrorContains(t, err, "setImmediate is not a function")
	assert.Empty(t, h.vm.Get("require").ToObject(h.vm).Keys())
	v, err := h.vm.RunString(`Object.keys(require('timers')).join()`)
	require.NoError(t, err)
	assert.Equal(t, "setImmediate", v.String(), "timers are the host's")
}

func TestWTF8(t *testing.T) {
	for _, units := range [][]uint16{{'a'}, {0xd800}, {0xdc00, 'x'}, {0xd83d, 0xde00}, {0xfffd, 0xd83d}, {0xd83d, 0xd83d, 0xde00}, {0xfffd, 0xd83d, 0xde00, 0xdc00}, {0xe9, 0x20ac}} {
		assert.Equal(t, units, unitsOf(wtf8(goja.StringFromUTF16(units))), "%x", units)
	}
}

func TestNamesAreSorted(t *testing.T) {
	assert.True(t, strings.HasPrefix(strings.Join(Names(), " "), "@posthog/plugin-contrib assert assert/strict buffer"))
}
