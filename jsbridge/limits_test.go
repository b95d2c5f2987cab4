package jsbridge_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func TestLimits(t *testing.T) {
	rows := []struct{ name, reason, code, want string }{
		{"repeat", "V8's longest string", "event.r = 'x'.repeat(2 ** 33)", "RangeError: Invalid string length"},
		{"padStart", "V8's longest string", "event.r = 'x'.padStart(2 ** 40)", "RangeError: Invalid string length"},
		{"padEnd", "V8's longest string", "event.r = 'x'.padEnd(2 ** 40, 'ab')", "RangeError: Invalid string length"},
		{"flat of itself", "endless", "const a = []; a.push(a, a); event.r = a.flat(Infinity)", "RangeError: Maximum call stack size exceeded"},
		{"recursion", "1,000 frames", "const f = (n) => f(n + 1) + 1; f(0)", "RangeError: Maximum call stack size exceeded"},
		{"recursion through a builtin", "the same", "const f = () => [1].map(f); f()", "RangeError: Maximum call stack size exceeded"},
		{"brackets", "JSON that is nested too deeply", "JSON.parse('['.repeat(1e7))", "RangeError"},
		{"cycle through a native object", "no JSON", "event.list = [{ me: event }]; return event", "TypeError: Converting circular structure to JSON"},
		{"cycle in a copy", "no JSON", "const copy = { ...event }; copy.me = copy; return copy", "TypeError: Converting circular structure to JSON"},
		{"cyclic return", "no JSON", "event.me = event; return event", "TypeError: Converting circular structure to JSON"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p := plug(t, body("if (event.ok) return event\n%s", row.code))
			_, err := p.process(`{}`)
			require.ErrorContains(t, err, row.want, row.reason)
			assert.Equal(t, `{"ok":true}`, p.must(`{"ok":true}`), "the instance lives")
		})
	}
	p := plug(t, body("event.r = ['ab'.repeat(3), 'x'.repeat(0), 'a'.padEnd(3), 'a'.padStart(3, 'bc'), [1, [2, [3]]].flat(Infinity), 'x'.repeat.name]; return event"))
	assert.JSONEq(t, `{"r":["ababab","","a  ","bca",[1,2,3],"repeat"]}`, p.must(`{}`), "what is meant works")
}

// TestReplacedBuiltins lets plugins replace what the bridge itself relies on.
func TestReplacedBuiltins(t *testing.T) {
	rows := []struct{ name, code, want string }{
		{"JSON", "globalThis.JSON = { stringify: () => 'x', parse: () => 1 }; event.l.push({ a: [1] }); return event", `{"l":[{"a":[1]}]}`},
		{"JSON.stringify", "JSON.stringify = () => { throw 1 }; event.l.push(new Date(0)); return { ...event }", `{"l":["1970-01-01T00:00:00.000Z"]}`},
		{"Date", "globalThis.Date = null; event.x = 1; return event", `{"l":[],"x":1}`},
		{"Object.prototype", "Object.prototype.evil = 1; Object.defineProperty(Object.prototype, 'set', { set() { throw 1 }, get() { return 2 }, configurable: true }); event.o = { a: 1 }; return event", `{"l":[],"o":{"a":1}}`},
		{"Array.prototype", "Array.prototype.push = () => { throw 1 }; Array.prototype[Symbol.iterator] = null; event.l[0] = 1; return event", `{"l":[1]}`},
		{"toJSON on Object.prototype", "Object.prototype.toJSON = undefined; return event", `{"l":[]}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.JSONEq(t, row.want, plug(t, body("%s", row.code)).must(`{"l":[]}`))
		})
	}
}

// TestEndlessCode is stopped from outside, however it is hidden.
func TestEndlessCode(t *testing.T) {
	for name, code := range map[string]string{
		"loop":             "for (;;) {}",
		"caught":           "for (;;) { try { throw 1 } catch {} finally { continue } }",
		"microtasks":       "const f = () => Promise.resolve().then(f); await f()",
		"generator":        "function* g() { for (;;) yield 1 }; for (const x of g()) {}",
		"comparator":       "for (;;) [3, 1, 2].sort(() => 1)",
		"getter":           "const o = { get x() { for (;;) {} } }; event.o = o; return event",
		"replacer":         "return JSON.stringify({}, () => { for (;;) {} })",
		"string growth":    "let s = 'x'; for (;;) s += s.slice(0, 1000)",
		"toString of this": "throw { toString() { for (;;) {} } }",
	} {
		t.Run(name, func(t *testing.T) {
			p := plug(t, "export async "+body("%s", code)[len("export "):])
			e, err := sdk.NewEvent([]byte(`{}`))
			require.NoError(t, err)
			call := p.meta.Begin(context.Background())
			done := make(chan error, 1)
			go func() {
				_, err := p.hooks.ProcessEvent(e, p.meta)
				done <- err
			}()
			for range 100 {
				select {
				case err := <-done:
					require.NoError(t, err)
				default:
				}
				if p.meta.Stop(call, sdk.ErrTimeout) {
					break
				}
			}
			select {
			case err := <-done:
				require.ErrorIs(t, err, sdk.ErrInstanceDead)
			case <-time.After(20 * time.Second):
				t.Fatal("was not stopped")
			}
		})
	}
}
