package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRewrittenPrograms has what the rewriting of loops, copies and patterns must not change, where an
// event is concerned or a plugin interferes. Package lower compares programs without events.
func TestRewrittenPrograms(t *testing.T) {
	for _, row := range []struct{ name, reason, code, want string }{
		{
			"entries of properties", "in the order of JavaScript: indexes first",
			"return {got: (() => { const out = []; for (const [k, v] of Object.entries(event.properties)) out.push([k, v]); return out })()}",
			`{"got":[["2",null],["a",1.0],["o",{"x":1}],["list",[1,2]]]}`,
		}, {
			"an object among the members", "is the same one in the loop, in copies and in the event",
			"const p = event.properties, c = {...p}; for (const [k, v] of Object.entries(p)) if (k === 'o') v.y = 2; return {got: [p.o, c.o === p.o, c === p]}",
			`{"got":[{"x":1,"y":2},true,false]}`,
		}, {
			"a copy is not the event", "what is written to one does not show in the other",
			"const c = {...event.properties, b: 1}; c.a = 7; delete c.o; event.properties.z = 1; return {got: [c, event.properties]}",
			`{"got":[{"2":null,"a":7,"list":[1,2],"b":1},{"a":1.0,"o":{"x":1},"2":null,"list":[1,2],"z":1}]}`,
		}, {
			"a copy of the event", "with other properties",
			"return {...event, properties: {...event.properties, n: undefined, d: new Date(0)}}",
			`{"event":"e","q":{"__proto__":{"x":1},"a":2},"properties":{"a":1.0,"o":{"x":1},"2":null,"list":[1,2],"d":"1970-01-01T00:00:00.000Z"}}`,
		}, {
			"a copy of a copy", "with values that JSON has no form for",
			"const c = {...event.properties, f: () => 3}; const d = Object.assign({}, c); return {got: [d.f(), Object.keys(d)]}",
			`{"got":[3,["2","a","o","list","f"]]}`,
		}, {
			"__proto__", "an assignment sets the prototype, a spread makes a member",
			"const q = event.q; return {got: [Object.keys(Object.assign({}, q)), Object.assign({}, q).x, Object.keys({...q})]}",
			`{"got":[["a"],1,["__proto__","a"]]}`,
		}, {
			"two objects in one copy", "an own __proto__, symbols and accessors of the second are members like others",
			"const q = event.q, s = Symbol(), w = {[s]: 1, get a() { return event.event }}; const c = {...event.properties, ...w}; return {got: [Object.keys({...event.properties, ...q}), c[s], c.a, {...event.properties, ...w, a: 2}.a]}",
			`{"got":[["2","a","o","list","__proto__"],1,"e",2]}`,
		}, {
			"a copy that is kept", "stays as it was",
			"global.kept ??= {...event.properties}; event.properties.a = 9; return {got: global.kept}",
			`{"got":{"a":1.0,"o":{"x":1},"2":null,"list":[1,2]}}`,
		}, {
			"replaced Object.entries", "is called",
			"const was = Object.entries; Object.entries = () => [['mine', 1]]; const out = []; for (const [k] of Object.entries(event)) out.push(k); Object.entries = was; return {got: out}",
			`{"got":["mine"]}`,
		}, {
			"replaced iterator of arrays", "is used",
			"const was = Array.prototype[Symbol.iterator]; Array.prototype[Symbol.iterator] = function* () { yield 'x' }; const out = []; for (const v of [1]) out.push(v); const [a] = [2]; const s = [...[3]]; Array.prototype[Symbol.iterator] = was; return {got: out.concat(a, s)}",
			`{"got":["x","x","x"]}`,
		}, {
			"replaced next of iterators", "is used",
			"const proto = Object.getPrototypeOf([].values()), was = proto.next; proto.next = function () { const step = was.call(this); return step.done ? step : {done: false, value: step.value + '!'} }; const out = []; for (const v of ['a']) out.push(v); proto.next = was; return {got: out}",
			`{"got":["a!"]}`,
		}, {
			"patterns made from text", "are told apart by their flags and their lone surrogates",
			"const made = [['a', 'g'], ['a', 'i'], ['\\ud800'], ['\\ud801'], ['a', 'g']].map(([p, f]) => new RegExp(p, f)); return {got: made.map((r) => [r.flags, r.test('A'), r.test('\\ud800')])}",
			`{"got":[["g",false,false],["i",true,false],["",false,true],["",false,false],["g",false,false]]}`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := plug(t, body("%s", row.code)).process(`{"event":"e","q":{"__proto__":{"x":1},"a":2},"properties":{"a":1.0,"o":{"x":1},"2":null,"list":[1,2]}}`)
			require.NoError(t, err)
			require.JSONEq(t, row.want, got, row.reason)
		})
	}
}
