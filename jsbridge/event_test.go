package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEventObject checks that an event behaves as the object that JSON.parse makes, and that what
// a plugin does not change keeps its text.
func TestEventObject(t *testing.T) {
	rows := []struct{ name, reason, code, in, want string }{
		{"set and add", "written members only", "event.properties.a = 'x'; event.properties.n = 1; return event", `{"properties":{"a":1.0,"big":12345678901234567890}}`, `{"properties":{"a":"x","big":12345678901234567890,"n":1}}`},
		{"read only", "byte for byte", "event.properties.list[1].x; Object.keys(event); JSON.stringify(event); return event", `{"properties":{"list":[1.0, {"x":1e5}],"big":12345678901234567890, "s":"\u0061"}}`, `{"properties":{"list":[1.0, {"x":1e5}],"big":12345678901234567890, "s":"\u0061"}}`},
		{"nested array push", "identity of nested values", "event.properties.l.push(4); if (event.properties.l !== event.properties.l) throw 1; return event", `{"properties":{"l":[1.0,2]}}`, `{"properties":{"l":[1.0,2,4]}}`},
		{"nested object", "untouched parts keep their text", "event.properties.o.x.y = 2; return event", `{"properties":{"o":{"a":1.0,"x":{"y":1,"z":1e2}}}}`, `{"properties":{"o":{"a":1.0,"x":{"y":2,"z":1e2}}}}`},
		{"assigned object changed later", "references stay live until the call ends", "const o = {}; event.properties.o = o; o.late = true; return event", `{"properties":{}}`, `{"properties":{"o":{"late":true}}}`},
		{"delete", "in JSON order", "delete event.properties.a; return event", `{"properties":{"a":1,"b":2}}`, `{"properties":{"b":2}}`},
		{"undefined", "not written, as JSON.stringify", "event.properties.a = undefined; if (!('a' in event.properties)) throw 1; return event", `{"properties":{"a":1,"b":2}}`, `{"properties":{"b":2}}`},
		{"function", "not written", "event.properties.f = () => 1; if (event.properties.f() !== 1) throw 1; return event", `{"properties":{}}`, `{"properties":{}}`},
		{"NaN and infinity", "null in JSON, themselves until then", "event.properties.n = NaN; event.properties.i = -Infinity; if (event.properties.i !== -Infinity) throw 1; return event", `{"properties":{}}`, `{"properties":{"n":null,"i":null}}`},
		{"minus zero", "0 in JSON", "event.properties.z = -0; if (!Object.is(event.properties.z, -0)) throw 1; return event", `{"properties":{}}`, `{"properties":{"z":0}}`},
		{"date", "toJSON", "event.properties.d = new Date(0); return event", `{"properties":{}}`, `{"properties":{"d":"1970-01-01T00:00:00.000Z"}}`},
		{"toJSON", "is told the name of its place", "const o = {toJSON: (k) => k}; event.properties.a = o; event.b = [o, {c: o}]; return event", `{"properties":{}}`, `{"properties":{"a":"a"},"b":["0",{"c":"c"}]}`},
		{"spread", "a new object with lazy members", "return {...event, properties: {...event.properties, x: 1}}", `{"event":"e","properties":{"a":1.0,"b":[1, 2]}}`, `{"event":"e","properties":{"a":1.0,"b":[1, 2],"x":1}}`},
		{"new object", "order is the new object's", "return {b: event.b, a: event.a}", `{"a":12345678901234567890,"b":1.0}`, `{"b":1.0,"a":12345678901234567890}`},
		{"integer keys", "ascending first, as V8", "event.properties.k = Object.keys(event.properties).join(); return event", `{"properties":{"b":1,"10":1,"2":1,"a":1,"01":1}}`, `{"properties":{"b":1,"10":1,"2":1,"a":1,"01":1,"k":"2,10,b,a,01"}}`},
		{"duplicates", "last value, listed once", "event.properties.r = event.properties.a + Object.keys(event.properties).join(''); return event", `{"properties":{"a":1,"b":0,"a":2}}`, `{"properties":{"a":1,"b":0,"a":2,"r":"2ab"}}`},
		{"__proto__", "an ordinary member", "event.properties.r = [event.properties.__proto__.x, ({}).x, Object.keys(event.properties).length]; return event", `{"properties":{"__proto__":{"x":1}}}`, `{"properties":{"__proto__":{"x":1},"r":[1,null,1]}}`},
		{"nested __proto__", "no prototype pollution", "const o = event.properties.o; event.properties.r = [o.x === undefined, Object.keys(o)]; return event", `{"properties":{"o":{"__proto__":{"x":1}}}}`, `{"properties":{"o":{"__proto__":{"x":1}},"r":[true,["__proto__"]]}}`},
		{"missing properties", "undefined, as it was", "event.has = event.properties === undefined; return event", `{"event":"e"}`, `{"event":"e","has":true}`},
		{"in and hasOwn", "as on plain objects", "const p = event.properties; event.r = ['a' in p, 'x' in p, p.hasOwnProperty('a'), Object.hasOwn(p, 'x'), 'toString' in p, p.toString === Object.prototype.toString]; return event", `{"properties":{"a":1}}`, `{"properties":{"a":1},"r":[true,false,true,false,true,true]}`},
		{"entries, for in, assign", "enumerations", "const p = event.properties; let r = ''; for (const k in p) r += k; for (const [k, v] of Object.entries(p)) r += k + v; Object.assign(p, {c: 3}); p.r = r; return event", `{"properties":{"a":1,"b":2}}`, `{"properties":{"a":1,"b":2,"c":3,"r":"aba1b2"}}`},
		{"lone surrogate", "kept through a write", "event.properties.s += '!'; event.properties.t = '\\ud83d'; return event", `{"properties":{"s":"\ud800é"}}`, `{"properties":{"s":"\ud800é!","t":"\ud83d"}}`},
		{"unicode", "characters beyond the BMP", "event.properties.s = event.properties.s + event.properties.s.length; return event", `{"properties":{"s":"😀漢"}}`, `{"properties":{"s":"😀漢3"}}`},
		{"numbers print as in V8", "shortest round trip", "event.n = [1e21, 1e-7, 0.1 + 0.2, 123456789012345680000, 5e-324, 1.7976931348623157e308, 100, 1e20]; return event", `{}`, `{"n":[1e+21,1e-7,0.30000000000000004,123456789012345680000,5e-324,1.7976931348623157e+308,100,100000000000000000000]}`},
		{"self reference by value", "the same object at two places is no cycle", "const o = {x: 1}; event.a = o; event.b = o; return event", `{}`, `{"a":{"x":1},"b":{"x":1}}`},
		{"properties elsewhere", "a lazy object assigned to another member", "event.copy = event.properties; return event", `{"properties":{"a":1.0}}`, `{"properties":{"a":1.0},"copy":{"a":1.0}}`},
		{"properties replaced", "by a native object", "event.properties = {x: 1}; event.properties.y = 2; return event", `{"properties":{"a":1}}`, `{"properties":{"x":1,"y":2}}`},
		{"Array.isArray", "arrays are arrays", "event.r = [Array.isArray(event.l), Array.isArray(event.properties), event.l instanceof Array, event.l.map(x => x * 2)]; return event", `{"l":[1,2],"properties":{}}`, `{"l":[1,2],"properties":{},"r":[true,false,true,[2,4]]}`},
		{"boxed", "Number, String and Boolean objects", "event.r = [new Number(1), new String('a'), new Boolean(false)]; return event", `{}`, `{"r":[1,"a",false]}`},
		{"proxy", "a proxy of an array is an array", "event.r = new Proxy([1], {}); event.o = new Proxy({a: 1}, {}); return event", `{}`, `{"r":[1],"o":{"a":1}}`},
		{"holes and maps", "as JSON.stringify", "event.r = [, undefined, () => 1, new Map([[1, 2]]), new Set([1])]; return event", `{}`, `{"r":[null,null,null,{},{}]}`},
		{"event in itself, copied", "spread makes a copy", "event.me = {...event}; return event", `{"a":1}`, `{"a":1,"me":{"a":1}}`},
		{"length of keys after edits", "delete and re-add", "const p = event.properties; delete p.a; p.a = 3; p.r = Object.keys(p).join(); return event", `{"properties":{"a":1,"b":2}}`, `{"properties":{"b":2,"a":3,"r":"b,a"}}`},
		{"prototype setter", "the plugin's own prototype has no say in decoding", "Object.defineProperty; return event", `{"a":{"b":1}}`, `{"a":{"b":1}}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := plug(t, body("%s", row.code)).must(row.in)
			assert.Equal(t, row.want, got, row.reason)
			plain := plug(t, body("Object.freeze; %s", row.code)).must(row.in)
			assert.JSONEq(t, row.want, plain, "plain objects give the same: %s", row.reason)
		})
	}
}

func TestPlainEvents(t *testing.T) {
	rows := []struct{ name, reason, code, in, want string }{
		{"freeze", "a frozen event can be returned", "return Object.freeze({...event, a: 2})", `{"a":1}`, `{"a":2}`},
		{"freeze in place", "frozen properties cannot be written", "Object.freeze(event.properties); try { 'use strict'; event.properties.a = 2 } catch {} ; return event", `{"properties":{"a":1.0}}`, `{"properties":{"a":1.0}}`},
		{"defineProperty", "accessors and hidden members", "Object.defineProperty(event.properties, 'hidden', {value: 1, enumerable: false}); Object.defineProperty(event.properties, 'shown', {get: () => 2, enumerable: true}); return event", `{"properties":{"a":1}}`, `{"properties":{"a":1,"shown":2}}`},
		{"symbols", "not part of JSON", "event.properties[Symbol('s')] = 1; event.n = Object.getOwnPropertySymbols(event.properties).length; return event", `{"properties":{"big":12345678901234567890}}`, `{"properties":{"big":12345678901234567890},"n":1}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			program := load(t, files("index.js", body("%s", row.code)))
			require.NotEmpty(t, program.Info().Notices)
			assert.Equal(t, "plain-events", program.Info().Notices[0].Code)
			assert.Equal(t, 2, program.Info().Notices[0].Line)
			assert.Equal(t, row.want, start(t, program, "{}").must(row.in), row.reason)
		})
	}
}

func TestKeptEvents(t *testing.T) {
	p := plug(t, body(`
		const last = global.last
		if (last) {
			event.seen = [last.event, last.properties.a, Object.keys(last.properties).length, last.properties.late]
			last.properties.a = 'changed too late'
			event.after = [last.properties.a, JSON.stringify(last)]
		}
		global.last = event
		event.properties.n = 1
		return event
	`))
	assert.Equal(t, `{"event":"one","properties":{"a":1.0,"n":1}}`, p.must(`{"event":"one","properties":{"a":1.0}}`))
	assert.Equal(t, `{"event":"two","properties":{"n":1},"seen":["one",1,2,null],"after":["changed too late","{\"event\":\"one\",\"properties\":{\"a\":\"changed too late\",\"n\":1}}"]}`,
		p.must(`{"event":"two","properties":{}}`), "an event that was kept stays readable and writable, and reaches nobody")
}

// TestKeptMembers keeps an object of the event, and one that lies deep in it.
func TestKeptMembers(t *testing.T) {
	p := plug(t, body(`
		const { outer, inner } = global.kept ?? {}
		if (inner) {
			event.seen = [outer.inner === inner, inner.list, JSON.stringify(outer), JSON.stringify(inner)]
			inner.late = true
			event.after = [inner, Object.keys(inner)]
		}
		const { a } = event.properties
		a.inner.n = 1
		a.inner.list.push(2)
		global.kept = { outer: a, inner: a.inner }
		return event
	`))
	assert.Equal(t, `{"properties":{"a":{"inner":{"list":[1,2],"n":1}}}}`, p.must(`{"properties":{"a":{"inner":{"list":[1]}}}}`))
	assert.Equal(t, `{"properties":{"a":{"inner":{"list":[2],"n":1}}},"seen":[true,[1,2],"{\"inner\":{\"list\":[1,2],\"n\":1}}","{\"list\":[1,2],\"n\":1}"],"after":[{"list":[1,2],"n":1,"late":true},["list","n","late"]]}`,
		p.must(`{"properties":{"a":{"inner":{"list":[]}}}}`), "what was kept stays as it was, and reaches nobody")
}

func TestResults(t *testing.T) {
	rows := []struct{ name, reason, code, want, wantErr string }{
		{"same event", "", "return event", `{"team_id":1,"a":1}`, ""},
		{"null", "drops", "return null", "dropped", ""},
		{"undefined", "drops", "return", "dropped", ""},
		{"false", "drops", "return false", "dropped", ""},
		{"zero", "drops", "return 0", "dropped", ""},
		{"empty string", "drops", "return ''", "dropped", ""},
		{"true", "no event", "return true", `{"team_id":1,"a":1}`, "processEvent returned no event: got true"},
		{"string", "no event", "return 'x'", `{"team_id":1,"a":1}`, "processEvent returned no event: got x"},
		{"array", "no event", "return [event]", `{"team_id":1,"a":1}`, "processEvent returned no event: got"},
		{"function", "no event", "return () => 1", `{"team_id":1,"a":1}`, "processEvent returned no event: got"},
		{"throw", "in-place changes stay", "event.a = 2; throw new TypeError('boom')", `{"team_id":1,"a":2}`, "TypeError: boom (index.js:2:20)"},
		{"throw text", "the place of the throw", "event.a = 2; throw 'plain'", `{"team_id":1,"a":2}`, "plain (index.js:2:14)"},
		{"throw null", "is a failure too", "throw null", `{"team_id":1,"a":1}`, "null (index.js:2:1)"},
		{"throw undefined", "is a failure too", "throw undefined", `{"team_id":1,"a":1}`, "undefined (index.js:2:1)"},
		{"throw object", "shown as JSON", "throw {code: 7}", `{"team_id":1,"a":1}`, `{"code":7} (index.js:2:1)`},
		{"throw hostile object", "cannot be shown", "throw {toString() { throw 1 }}", `{"team_id":1,"a":1}`, "an object that cannot be shown"},
		{"cycle", "TypeError as JSON.stringify's", "const o = {}; o.o = o; event.o = o; return event", `{"team_id":1,"a":1}`, "TypeError: Converting circular structure to JSON"},
		{"BigInt", "TypeError as JSON.stringify's", "event.o = 1n; return event", `{"team_id":1,"a":1}`, "TypeError: Do not know how to serialize a BigInt"},
		{"BigInt for a member", "the member is what it was", "event.a = 2; event.a = 1n; return event", `{"team_id":1,"a":2}`, "TypeError: Do not know how to serialize a BigInt"},
		{"cycle for a member, twice", "the same", "const o = {}; o.o = o; event.a = o; event.a = [o]; return event", `{"team_id":1,"a":1}`, "TypeError: Converting circular structure to JSON"},
		{"getter that throws", "the plugin's own error", "event.o = {get x() { throw new Error('no') }}; return event", `{"team_id":1,"a":1}`, "Error: no (index.js:2:28)"},
		{"calls nothing", "TypeError with a place", "event.nope.x()", `{"team_id":1,"a":1}`, "TypeError: Cannot read properties of undefined or null (reading 'x') (index.js:2:7)"},
		{"recursion", "RangeError", "const f = () => f() + 1; f()", `{"team_id":1,"a":1}`, "RangeError: Maximum call stack size exceeded (index.js:2:"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			for _, async := range []string{"", "async "} {
				source := "export " + async + body("%s", row.code)[len("export "):]
				got, err := plug(t, source).process(`{"team_id":1,"a":1}`)
				assert.Equal(t, row.want, got, row.reason)
				if row.wantErr == "" {
					require.NoError(t, err)
				} else if async == "" {
					require.ErrorContains(t, err, row.wantErr)
				} else {
					require.Error(t, err)
				}
			}
		})
	}
}
