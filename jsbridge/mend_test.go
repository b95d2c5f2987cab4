package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
)

// TestMended has what the engine does by itself otherwise than V8. The wanted values are Node's.
func TestMended(t *testing.T) {
	rows := []struct{ name, reason, code, want string }{
		{"indent after empty containers", "the engine indents too far behind them", `JSON.stringify({ e: {}, l: [], o: { a: [1] } }, null, 1)`, `"{\n \"e\": {},\n \"l\": [],\n \"o\": {\n  \"a\": [\n   1\n  ]\n }\n}"`},
		{"indent by text", "at most ten characters", `JSON.stringify([1], null, '0123456789abc')`, `"[\n01234567891\n]"`},
		{"indent by objects", "Number and String objects count", `[JSON.stringify([1], null, new Number(1)), JSON.stringify([1], null, new String('-')), JSON.stringify([1], null, true)]`, `["[\n 1\n]","[\n-1\n]","[1]"]`},
		{"indent of undefined", "nothing to indent", `JSON.stringify(undefined, null, 2) === undefined`, `true`},
		{"indent and an error", "is thrown into the plugin", `(() => { const o = {}; o.o = o; try { JSON.stringify(o, null, 2) } catch (e) { return e.name } })()`, `"TypeError"`},
		{"parse", "lone surrogates survive", `JSON.stringify(JSON.parse('["\\ud800","\\ud83d\\ude00"]'))`, `"[\"\\ud800\",\"😀\"]"`},
		{"parse and reviver", "the engine's own", `JSON.parse('{"a":1}', (k, v) => k === 'a' ? v + 1 : v)`, `{"a":2}`},
		{"parse and an error", "is thrown into the plugin", `(() => { try { JSON.parse('{') } catch (e) { return e.name } })()`, `"SyntaxError"`},
		{"large years", "have six digits", `[new Date(1705314030123000).toISOString(), new Date(-1e15).toJSON()]`, `["+056009-04-01T21:42:03.000Z","-029719-04-05T22:13:20.000Z"]`},
		{"digits are no date", "the engine takes them for a year", `[new Date('1705314030123').getTime(), Date.parse('20240115102030'), +new Date('2024-02-30')]`, `[null,null,1709251200000]`},
		{"classes that extend Date", "instanceof and methods", `(() => { class D extends Date { day() { return this.getUTCDate() } } const d = new D('2024-01-15'); return [d.day(), d instanceof D, d instanceof Date, new Date() instanceof D, d.constructor === D] })()`, `[15,true,true,false,true]`},
		{"Date as a function", "a text, whatever it is given", `[typeof Date(), typeof Date('2024'), Date.name, Date.length, new Date(0).constructor === Date, Object.keys(Date)]`, `["string","string","Date",7,true,[]]`},
		{"radix", "digits and sign of V8", `[(0.1).toString(36), (-1 / 3).toString(3), (1e21).toString(36), (255).toString(16), (0.5).toString(2), (1e100).toString(36).slice(0, 14), (2 ** 60).toString(7)]`, `["0.3lllllllllm","-0.1","5v1j4f4ds7c000","ff","0.1","2hqbczu2ow6000","2031000661631341064200"]`},
		{"radix of a number object", "is unwrapped", `[new Number(0.5).toString(2), (1.5).toString(), (1.5).toString(10)]`, `["0.1","1.5","1.5"]`},
		{"wrong radix", "is thrown into the plugin", `(() => { try { (1.5).toString(1) } catch (e) { return e.name } })()`, `"RangeError"`},
		{"async iterator", "Symbol.asyncIterator exists", `typeof Symbol.asyncIterator`, `"symbol"`},
		{"classes of surrogates", "the engine takes them all for one", `['a😀b'.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '?'), 'a😀\ud800b'.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g, '?'), '🌀🤐x'.replace(/\ud83c[\udc00-\udfff]|\ud83e[\udd10-\udd20]/g, '?'), '😀é'.match(/[^\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff]/g).length]`, `["a?b","a😀?b","??x",2]`},
		{"classes of surrogates in the constructor", "lodash makes its patterns so", `(() => { const pair = '[\\ud800-\\udbff][\\udc00-\\udfff]'; return ['a😀b'.replace(new RegExp(pair, 'g'), '?'), 'a😀'.match(RegExp('[^\\ud800-\\udfff]|' + pair, 'g')).length] })()`, `["a?b",2]`},
		{"replace once", "with the flag u and what RE2 cannot do, the engine replaces all", `['xxé'.replace(/x(?=.)/u, '-'), 'xxé'.replace(new RegExp('x(?=.)', 'u'), '-'), 'xxé'.replace(/x(?=.)/gu, '-'), 'éx'.replace(/x/y, '-')]`, `["-xé","-xé","--é","éx"]`},
		{"properties of characters", "letters, categories, scripts, emoji", `['Äb1', 'жЖ', '漢', '😀'].map((s) => [/^\p{L}/u, /\p{Lowercase_Letter}$/u, /\p{Script=Han}/u, /\p{sc=Cyrl}/u, /\p{Emoji_Presentation}/u, /\P{ASCII}/u].map((r) => +r.test(s)).join(''))`, `["100001","100101","101001","000011"]`},
		{"properties in classes", "with others, and negated", `['a1-É!'.match(/[\p{Lu}\d-]+/gu), 'a1-É!'.match(/[^\p{L}\P{ASCII}]+/gu)]`, `[["1-É"],["1-","!"]]`},
		{"properties in the constructor", "found when the pattern is made", `[new RegExp('^\\p{Lu}', 'u').test('É'), RegExp('\\P{L}', 'gu').exec('a1')[0], new RegExp(/\p{Nd}/u).test('٣'), /x/ instanceof RegExp, /x/.constructor === RegExp]`, `[true,"1",true,true,true]`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.JSONEq(t, `{"r":`+row.want+`}`, plug(t, body("event.r = %s; return event", row.code)).must(`{}`), row.reason)
		})
	}
}

// TestWording checks that what the engine raises reads as in V8 where the source tells enough.
func TestWording(t *testing.T) {
	rows := []struct{ name, code, want string }{
		{"read", "event.a.b", "Cannot read properties of undefined or null (reading 'b')"},
		{"read for a call", "event.a.b()", "Cannot read properties of undefined or null (reading 'b')"},
		{"set", "event.a.b = 1", "Cannot set properties of undefined or null (setting 'b')"},
		{"no method", "event.list.nope(1)", "event.list.nope is not a function"},
		{"no method of a result", "JSON.stringify(event, [(1)]).nope()", "JSON.stringify(...).nope is not a function"},
		{"no method of an index", "event.list[0].nope()", "event.list[0].nope is not a function"},
		{"no function", "let f; f(1)", "f is not a function"},
		{"no function at a name", "event.name()", "event.name is not a function"},
		{"no constructor", "new event.name()", "event.name is not a constructor"},
		{"spread", "Math.max(...event.a)", "event.a is not iterable"},
		{"pattern", "const [x] = event.a", "event.a is not iterable"},
		{"pattern over a call", "const [x, ...y] = event.name.split('('); const [z] = event.list.split(')'), a = 1", "event.list.split is not a function or its return value is not iterable"},
		{"pattern over a member of a call", "const [x] = event.list.split(',').x", "event.list.split is not a function"},
		{"loop over a call", "for (const x of event.list.split(',')) x", "event.list.split is not a function or its return value is not iterable"},
		{"loop over undefined", "for (const x of event.list[0].items) x", "event.list[0].items is not iterable"},
		{"loop over a result", "const f = () => {}; for (const [k, v] of f(1)) k", "f is not a function or its return value is not iterable"},
		{"loop over what was awaited", "for (const x of await event.a) x", "(intermediate value) is not iterable"},
		{"loop over entries", "for (const [k, v] of Object.entries(event.a)) k", "Cannot convert undefined or null to object"},
		{"spread of a call", "const x = [1, ...event.list.split(',')]", "event.list.split is not a function or its return value is not iterable"},
		{"spread of a call in arguments", "Math.max(...event.list.split(','))", "event.list.split is not a function"},
		{"pattern over what was awaited", "const [x] = await event.a", "(intermediate value) is not iterable"},
		{"members", "const { x, y = 1, ...z } = event.a", "Cannot destructure property 'x' of 'event.a' as it is undefined or null."},
		{"members by other names", "let { 'x-y': z } = event.a", "Cannot destructure property 'x-y' of 'event.a' as it is undefined or null."},
		{"members of a result", "const f = () => {}; const { x } = f(')')", "Cannot destructure property 'x' of 'f(...)' as it is undefined or null."},
		{"members of what was awaited", "const { x } = await event.a", "Cannot destructure property 'x' of '(intermediate value)' as it is undefined or null."},
		{"members with a default", "const { x = 1 } = event.a", "Cannot read properties of undefined or null (reading 'x')"},
		{"members of members", "const { list: { length }, a: { x } } = event", "Value is not object coercible"},
		{"too early", "x; let x", "Cannot access 'x' before initialization"},
		{"reduce", "[].reduce((a, b) => a)", "Reduce of empty array with no initial value"},
		{"primitive", "`${Object.create(null)}`", "Cannot convert object to primitive value"},
		{"malformed", "decodeURIComponent('%')", "URI malformed"},
		{"unknown", "nope", "nope is not defined"},
		{"constant", "const c = 1; c = 2", "Assignment to constant variable."},
		{"of a built-in function", "new Map([1])", "Value is not an object: 1"},
		{"of a built-in method", "Reflect.ownKeys(1)", "Value is not an object: 1"},
		{"of an operator", "'a' in 'b'", "Value is not an object: b"},
		{"the plugin's own", "throw new TypeError('Object has no memory')", "Object has no memory"},
		{"another class", `throw new Error("Object has no member 'x'")`, "Object has no member 'x'"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			for _, async := range []string{"", "await null; "} {
				source := "export async function processEvent(event) {\n  " + async + row.code + "\n}"
				_, err := plug(t, source).process(`{"name":"x","list":[{}]}`)
				var script *jsbridge.ScriptError
				require.ErrorAs(t, err, &script)
				assert.Equal(t, row.want, script.Message, source)
			}
		})
	}
}

// TestErrorsInFolders: a module's name in a source map counts from the module's folder.
func TestErrorsInFolders(t *testing.T) {
	p := start(t, load(t, files(
		"index.js", "const { take } = require('./lib/deep/take'); export const processEvent = take",
		"lib/deep/take.ts", "type E = any\nexport function take(event: E) {\n  const [a] = event.parts.split(',')\n  return a\n}",
	)), "{}")
	_, err := p.process(`{"parts":[]}`)
	var script *jsbridge.ScriptError
	require.ErrorAs(t, err, &script)
	assert.EqualError(t, script, "TypeError: event.parts.split is not a function or its return value is not iterable (lib/deep/take.ts:3:27)")
	assert.Equal(t, []string{"at take (lib/deep/take.ts:3:27)"}, script.Frames)
}
