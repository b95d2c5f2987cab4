package lower_test

import (
	"reflect"
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
)

// programs leave a value behind that must be the same however they are compiled.
var programs = []struct{ name, reason, source string }{
	{"elements", "the plain case", `const out = []; for (const x of [1, 2, 3]) out.push(x * 2); out`},
	{"pairs of entries", "the most frequent loop of all", `const out = []; for (const [k, v] of Object.entries({a: 1, 2: 'x', b: null})) out.push(k + v); out`},
	{"keys of entries", "a pattern may take less than there is", `const out = []; for (const [k] of Object.entries({a: 1, b: 2})) out.push(k); out`},
	{"values of entries", "nor need it take the key", `const out = []; for (const [, v] of Object.entries({a: 1, b: 2})) out.push(v); for (const [,] of Object.entries({c: 1})) out.push('turn'); out`},
	{"entries with let", "the variables of the body may be assigned", `const out = []; for (let [k, v] of Object.entries({a: 1})) { k += '!'; v++; out.push(k, v) } out`},
	{"entries with a default", "not a mere pair", `const out = []; for (const [k, v = 5] of Object.entries({a: undefined})) out.push(k, v); out`},
	{"entries of a string", "indexes and characters", `const out = []; for (const [k, v] of Object.entries('xy')) out.push(k, v); out`},
	{"entries of an array", "indexes and elements", `const out = []; for (const [k, v] of Object.entries(['p', 'q'])) out.push(k, v); out`},
	{"entries of null", "the error is that of Object.entries", `let m; try { for (const [k] of Object.entries(null)) m = k } catch (e) { m = e instanceof TypeError } m`},
	{"entries of a getter", "which is called once for each", `let n = 0; const o = { get a() { return ++n } }; const out = []; for (const [k, v] of Object.entries(o)) out.push(v, o.a); out`},
	{"own Object", "not the global one", `const r = []; { const Object = { entries: () => [['z', 9]] }; for (const [k, v] of Object.entries(1)) r.push(k, v) } r`},
	{"break and continue", "an index loop must step where the iterator would", `const out = []; for (const x of [1, 2, 3, 4, 5]) { if (x == 2) continue; if (x == 4) break; out.push(x) } out`},
	{"continue in entries", "two steps of the flat list", `const out = []; for (const [k, v] of Object.entries({a: 1, b: 2, c: 3})) { if (v == 2) continue; out.push(k) } out`},
	{"label", "continue of an outer loop", `const out = []; outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b == a) continue outer; out.push([a, b]) } } out`},
	{"label on the inner loop", "break of an inner loop by its label", `const out = []; for (const a of [1, 2]) { inner: for (const b of [1, 2, 3]) { if (b == 2) break inner; out.push([a, b]) } } out`},
	{"return from the body", "the loop ends with its function", `function f(list) { for (const x of list) if (x > 1) return x } [f([1, 2, 3]), f([])]`},
	{"grows while it runs", "the iterator sees what is appended", `const a = [1, 2]; const out = []; for (const x of a) { if (a.length < 5) a.push(x * 10); out.push(x) } out`},
	{"shrinks while it runs", "and misses what is taken away", `const a = [1, 2, 3, 4]; const out = []; for (const x of a) { out.push(x); a.pop() } out`},
	{"holes", "read as undefined", `const out = []; for (const x of [1, , 3]) out.push(typeof x); out`},
	{"closures", "each turn has variables of its own", `const fs = []; for (const x of [1, 2, 3]) fs.push(() => x); for (const [k] of Object.entries({p: 1, q: 2})) fs.push(() => k); fs.map(f => f())`},
	{"let in the body", "a body may declare the name of the loop's variable", `const out = []; for (const x of [1, 2]) { let x = 7; out.push(x) } out`},
	{"var", "the variable outlives the loop", `for (var x of [1, 2, 3]) { var y = x } [x, y]`},
	{"var in a function", "and is hoisted", `function f() { const before = x; for (var x of [4]) ; return [before === undefined, x] } f()`},
	{"assignment target", "left as it is", `let x, o = {}; for (x of [1, 2]) ; for (o.y of [3, 4]) ; [x, o.y]`},
	{"source names the variable", "which is in its dead zone there", `let m; const x = [1]; try { for (const x of x) ; } catch (e) { m = e.name } m`},
	{"string", "characters, not code units", `const out = []; for (const c of 'a😀b') out.push(c); out`},
	{"map", "pairs from an iterator", `const out = []; for (const [k, v] of new Map([[1, 2], [3, 4]])) out.push(k, v); out`},
	{"set", "elements from an iterator", `const out = []; for (const x of new Set([1, 2, 1])) out.push(x); out`},
	{"generator", "closed when the loop is left", `let closed = false; function* g() { try { yield 1; yield 2 } finally { closed = true } } for (const x of g()) { if (x == 1) break } closed`},
	{"generator is not drained", "it and the loop take turns", `const out = []; function* g() { out.push('a'); yield 1; out.push('b'); yield 2 } for (const x of g()) out.push(x); out`},
	{"arguments", "iterable, but no array", `function f() { const out = []; for (const x of arguments) out.push(x); return out } f(1, 2)`},
	{"own iterator", "an array that says how it is run through", `const a = [1, 2]; a[Symbol.iterator] = function* () { yield 'mine' }; const out = []; for (const x of a) out.push(x); const [b] = a; [out, b, [...a]]`},
	{"throw in the body", "leaves the loop", `let n = 0; try { for (const x of [1, 2]) { n++; throw x } } catch (e) { n += e * 10 } n`},
	{"body without braces", "a single statement", `let n = 0; for (const x of [1, 2]) n += x; n`},
	{"big integers", "whose literals are no plain values", `const out = []; for (const x of [1n, 2n]) out.push(String(x * 10n)); out`},
	{"nested", "a loop in a loop in a loop", `const out = []; for (const a of [1, 2]) for (const b of [3, 4]) for (const [k, v] of Object.entries({a, b})) out.push(k + v); out`},
	{"not iterable", "a TypeError", `let m; try { for (const x of 5) ; } catch (e) { m = e instanceof TypeError } m`},
	{"undefined", "a TypeError", `let m; try { for (const x of undefined) ; } catch (e) { m = e instanceof TypeError } m`},

	{"forEach over entries", "becomes a loop", `const out = []; Object.entries({a: 1, 2: 'x'}).forEach(([k, v]) => { out.push(k, v) }); out`},
	{"forEach of an expression", "whose value nobody wants", `let n = 0; Object.entries({a: 1, b: 2}).forEach(([, v]) => n += v); Object.entries({c: 1}).forEach(([k]) => void (n += k)); n`},
	{"forEach that returns", "goes on with the next", `const out = []; Object.entries({a: 1, b: 2, c: 3}).forEach(([k, v]) => { if (v == 2) return; try { if (v == 1) return out.push('first') } finally { out.push(k) } switch (v) { case 3: return } out.push('never') }); out`},
	{"forEach that returns from a loop", "stays what it is", `const out = []; Object.entries({a: 1, b: 2}).forEach(([k, v]) => { for (const x of [1, 2]) { if (x == v) return; out.push(k + x) } out.push('end') }); out`},
	{"forEach in forEach", "each returns from its own", `const out = []; Object.entries({a: {p: 1, q: 2}, b: {}}).forEach(([k, o]) => { Object.entries(o).forEach(([l, v]) => { if (v == 1) return; out.push(k + l) }); out.push(k) }); out`},
	{"forEach with closures", "each turn has variables of its own", `const fs = []; Object.entries({a: 1, b: 2}).forEach(([k, v]) => { k += '!'; fs.push(() => k + v) }); fs.map(f => f())`},
	{"forEach that declares", "var and function stay in their function", `const out = []; Object.entries({a: 1, b: 2}).forEach(([k]) => { var n; n = (n ?? 0) + 1; out.push(n) }); Object.entries({c: 1}).forEach(([k]) => { function g() { return k } out.push(g()) }); [out, typeof g, typeof n]`},
	{"forEach of what names its parameter", "which is another one there", `const k = {a: 1}, out = []; Object.entries(k).forEach(([k]) => out.push(k)); out`},
	{"forEach with this", "that of the function around it", `function f() { const out = []; Object.entries({a: 1}).forEach(([k]) => out.push(this.x, arguments.length)); return out } f.call({x: 5}, 1, 2)`},
	{"forEach that throws", "ends", `let n = 0; try { Object.entries({a: 1, b: 2}).forEach(([k]) => { n++; throw k }) } catch (e) { n += e } n`},
	{"forEach that is awaited in", "knows no await of its own", `let n = 0; Object.entries({a: 1}).forEach(async ([k]) => { n++; await null; n += 10 }); n`},
	{"forEach of null", "the error is that of Object.entries", `let m; try { Object.entries(null).forEach(([k]) => k) } catch (e) { m = e instanceof TypeError } m`},
	{"own entries", "whose result may be anything", `const was = Object.entries; Object.entries = () => ({ forEach: (f) => f(['mine', 1]) }); const out = []; Object.entries({a: 1}).forEach(([k, v]) => { out.push(k, v) }); Object.entries = was; out`},
	{"own forEach", "is asked", `const was = Array.prototype.forEach; Array.prototype.forEach = function (f) { f(['mine']) }; const out = []; Object.entries({a: 1}).forEach(([k]) => { out.push(k) }); Array.prototype.forEach = was; out`},

	{"test", "of a pattern", `const out = []; const p = /b/, g = /b/g; for (const s of ['abc', 'x', 'abc']) out.push(p.test(s), g.test(s), g.lastIndex); out`},
	{"exec and match", "what they return, and null", `const p = /(b)./, out = []; for (const s of ['abc', 'x']) { const m = p.exec(s), n = s.match(p); out.push(m && [...m, m.index], n && [...n, n.index]) } out`},
	{"test of a text", "which need not be one", `const p = /null|1/, out = []; for (const s of [null, undefined, 1, {}, ['1']]) out.push(p.test(s), p.exec(s) === null); out`},
	{"own test", "of something that is no pattern", `const p = {test: (s) => s + '!', exec: (s) => s + '?'}, s = 'a'; [p.test(s), p.exec(s)]`},
	{"own match", "whose result counts, also if it is nothing", `const s = {match: (p) => undefined, test: () => null}, p = /a/; [s.match(p) === undefined, s.test(p)]`},
	{"match of a text by a text", "which becomes a pattern", `const s = 'a.b', p = '.'; [s.match(p)[0], s.match(s).index]`},
	{"match of nothing", "a TypeError", `let s, p = /a/, m = []; try { s.match(p) } catch (e) { m.push(e.message) } try { s = 'a'; p = null; p.test(s) } catch (e) { m.push(e.message) } m`},
	{"test in a chain", "the rest of it sees the result", `const p = /(?<x>b)/, out = []; for (const s of ['abc', 'x']) out.push(p.exec(s)?.groups.x ?? 'none'); out`},

	{"pattern", "of a declaration", `const [a, b] = [1, 2]; let [c] = [3]; [a, b, c]`},
	{"pattern too long", "what is not there is undefined", `const [a, b] = [1]; [a, b === undefined]`},
	{"pattern with holes", "elements are skipped", `const [, a, , b] = [1, 2, 3, 4]; [a, b]`},
	{"pattern with defaults", "which are evaluated in order, and only if needed", `let n = 0; const [a = ++n, b = ++n, c = ++n] = [undefined, 5]; [a, b, c, n]`},
	{"nested patterns", "arrays and objects in each other", `const [[a], {b, ...c}] = [[1], {b: 2, d: 3}]; [a, b, c.d]`},
	{"rest", "left as it is", `const [a, ...b] = [1, 2, 3]; [a, b]`},
	{"pattern over a string", "characters", `const [a, b] = '😀x'; [a, b]`},
	{"pattern over a generator", "which is closed early", `let closed = 0; function* g() { try { yield 1; yield 2; yield 3 } finally { closed++ } } const [a, b] = g(); [a, b, closed]`},
	{"pattern over a match", "an array with more members", `const [, a, b] = 'k=v'.match(/(.)=(.)/); [a, b]`},
	{"pattern over null", "a TypeError", `let m; try { const [a] = null } catch (e) { m = e instanceof TypeError } m`},
	{"empty pattern", "asks for an iterable, takes nothing", `let m = 'fine'; try { const [] = [1]; const [] = 5 } catch (e) { m = e instanceof TypeError } m`},
	{"var pattern", "left as it is", `var [a, b] = [1, 2]; [a, b]`},
	{"swap", "an assignment pattern, left as it is", `let a = 1, b = 2; [a, b] = [b, a]; [a, b]`},

	{"parameter", "of an arrow function", `Object.entries({a: 1, b: 2}).map(([k, v]) => k + v)`},
	{"parameters", "of a callback with more than one", `Object.entries({a: 1, b: 2}).reduce((acc, [k, v]) => { acc[v] = k; return acc }, {})`},
	{"object literal body", "an expression in parentheses", `[[1, 2]].map(([a, b]) => ({a, b}))`},
	{"function expression", "with this and arguments", `[[1, 2]].map(function ([a, b]) { return [a, b, arguments.length, this.x] }, {x: 7})`},
	{"method", "of a class", `class C { constructor([a]) { this.a = a } m([b]) { return [this.a, b] } } new C([1]).m([2])`},
	{"length", "the number of parameters is kept", `[(([a, b]) => a).length, ((x, [a]) => a).length]`},
	{"text", "the source of a function is the author's", `(([a, b]) => a + b).toString()`},
	{"function of a parameter's name", "which wins", `(function ([a]) { function a() {} return typeof a })([5])`},
	{"default value", "left as it is", `(([a], b = a) => [a, b])([3])`},
	{"pattern with a default", "left as it is", `(([a] = [9]) => a)()`},
	{"assigned parameter", "a parameter is a variable", `(([a]) => { a++; return a })([1])`},
	{"nested parameters", "arrays in objects and the other way round", `(({x: [a]}, [{b}, [c]]) => [a, b, c])({x: [1]}, [{b: 2}, [3]])`},
	{"generator function", "its patterns are taken apart at the call", `let m = 'late'; function* g([a]) {} try { g(null) } catch (e) { m = 'at once' } m`},

	{"spread", "a copy", `const a = [1, 2]; const b = [...a]; b.push(3); [a, b]`},
	{"spread of holes", "which become undefined", `[...Array(3)].map((_, i) => i)`},
	{"spread of a string", "characters", `[...'a😀']`},
	{"spread of a set", "elements", `[...new Set([2, 1, 2])]`},
	{"spread of an array-like", "is refused", `let m; try { [...{length: 2}] } catch (e) { m = e instanceof TypeError } m`},
	{"object spread", "a copy with more members", `const a = {x: 1, y: 2}; const b = {...a, y: 3, 'z w': 4}; b.q = 1; [a, b]`},
	{"object spread alone", "a copy", `const a = {x: {y: 1}}; const b = {...a}; b.x === a.x && b !== a`},
	{"object spread of nothing", "null and undefined have no members", `[{...null}, {...undefined, a: 1}, {...5}, {...'ab'}]`},
	{"object spread, short member", "its name and value", `const x = 5; ({...{a: 1}, x})`},
	{"object spread, computed name", "evaluated before its value", `const log = []; const k = n => (log.push(n), n); const o = {...{}, [k('a')]: k('b')}; [o, log]`},
	{"object spread, name in a variable", "which may be a number", `const n = 7; ({...{a: 1}, [n]: 2})`},
	{"copied before the values are evaluated", "which may change what is copied", `const a = {x: 1}; const b = {...a, y: delete a.x}; [a, b]`},
	{"getters", "are read, not copied", `let n = 0; const a = { get x() { return ++n } }; const b = {...a}; [b.x, b.x]`},
	{"prototype", "of the copy is that of a plain object", `class A { constructor() { this.x = 1 } m() {} } const b = {...new A()}; [b.x, b.m === undefined]`},
	{"__proto__", "sets the prototype, left as it is", `const o = {...{a: 1}, __proto__: {b: 2}}; [o.b, Object.keys(o)]`},
	{"methods", "left as they are", `const o = {...{a: 1}, m() { return this.a }, get g() { return 2 }}; [o.m(), o.g]`},
	{"names of functions", "come from the member", `({...{}, f: () => {}}).f.name`},
	{"two spreads", "left as they are", `({...{a: 1}, b: 2, ...{b: 3}})`},
	{"nested object spreads", "copies of copies", `const e = {p: {a: 1}, q: 1}; const f = {...e, p: {...e.p, b: 2}}; [e, f]`},
	{"Object.assign", "to an empty object", `const a = {x: 1}; const b = Object.assign({}, a, {y: 2}, null); b.z = 3; [a, b]`},
	{"Object.assign, nested", "as compilers write a spread", `Object.assign(Object.assign({}, {a: 1}), {b: 2})`},
	{"Object.assign to others", "left as it is", `const t = {q: 1}; Object.assign(t, {a: 1}); Object.assign({r: 1}, t)`},
	{"patterns", "each an object of its own", `const f = () => new RegExp('a+', 'g'); const a = f(), b = f(); a.test('aab'); [a.lastIndex, b.lastIndex, a === b, String(b)]`},
	{"two copies", "the second wins", `const a = {x: 1, y: 2}, b = {y: 3, z: 4}; [{...a, ...b}, {...a, ...b, z: 5}, {...a, ...null}, {...a, ...undefined, ...b}]`},
	{"a copy changed by the next", "copied before what comes next is evaluated", `const a = {x: 1}; const f = () => { a.x = 2; return {y: 1} }; [{...a, ...f()}, a.x]`},
	{"two copies and more", "left as they are", `const a = {x: 1}, b = {y: 2}, c = {x: 3}; [{...a, ...b, ...c}, {...a, k: 1, ...b}, {...a, ...b.y}]`},
	{"copy of text", "its characters", `const s = 'ab'; [{...{}, ...s}, {...s, ...s}]`},
	{"patterns from patterns", "a copy, with other flags", `const a = /x/g; [String(new RegExp(a)), String(new RegExp(a, 'i')), String(new RegExp('y'))]`},
	{"bad patterns", "a SyntaxError", `let m; try { new RegExp('(') } catch (e) { m = e instanceof SyntaxError } m`},
	{"own RegExp", "not the global one", `const r = []; { class RegExp { constructor(p) { this.p = p } } r.push(new RegExp('q').p) } r`},
	{"spread among others", "left as it is", `[0, ...[1, 2], 3]`},
}

// tries are programs with a finally block beside a catch block, and what they leave behind by the standard.
var tries = []struct{ name, reason, source, want string }{
	{"throws in the finally block", "which runs once, and its error is not caught", `const log = []; try { try { log.push('a') } catch (e) { log.push('caught') } finally { log.push('f'); throw 1 } } catch (e) { log.push(e) } log`, `["a","f",1]`},
	{"throws in all blocks", "the last error counts", `const log = []; try { try { throw 1 } catch (e) { throw e + 1 } finally { log.push('f'); throw 3 } } catch (e) { log.push(e) } log`, `["f",3]`},
	{"throws in the catch block", "after the finally block", `const log = []; try { try { throw 1 } catch (e) { throw e + 1 } finally { log.push('f') } } catch (e) { log.push(e) } log`, `["f",2]`},
	{"caught", "the plain case", `const log = []; try { throw 1 } catch (e) { log.push(e) } finally { log.push('f') } log`, `[1,"f"]`},
	{"without a parameter", "nor does the catch block need one", `const log = []; try { throw 1 } catch { log.push('c') } finally { log.push('f') } log`, `["c","f"]`},
	{"return from the try block", "goes through the finally block", `const log = []; const r = (() => { try { return 'r' } catch (e) { return e } finally { log.push('f') } })(); [r, log]`, `["r",["f"]]`},
	{"return and throw", "the finally block has the last word", `(() => { try { (() => { try { return 'r' } catch (e) { return 'caught' } finally { throw 1 } })() } catch (e) { return e } })()`, `1`},
	{"return from the finally block", "replaces what was thrown", `(() => { try { throw 1 } catch (e) { throw 2 } finally { return 'r' } })()`, `"r"`},
	{"break and continue", "of the loop around it", `const log = []; for (let i = 0; i < 4; i++) { try { if (i == 1) continue; if (i == 3) break; log.push(i) } catch (e) {} finally { log.push('f') } } log`, `[0,"f","f",2,"f","f"]`},
	{"label", "of the statement itself", `const log = []; l: try { break l } catch (e) {} finally { log.push('f') } log`, `["f"]`},
	{"in a loop's original", "which keeps its body unless it is mended before", `const log = []; try { for (const x of new Set([1])) { try { log.push(x) } catch (e) { log.push('caught') } finally { throw 'f' } } } catch (e) { log.push(e) } log`, `[1,"f"]`},
	{"in each other", "each has its own catch block", `const log = []; try { try { try { 1 } catch (e) { log.push('inner') } finally { throw 1 } } catch (e) { log.push(e) } finally { throw 2 } } catch (e) { log.push(e) } log`, `[1,2]`},
	{"generator", "resumed in the try block", `const log = []; function* g() { try { yield 1 } catch (e) { log.push('caught') } finally { log.push('f'); throw 2 } } try { for (const x of g()) log.push(x) } catch (e) { log.push(e) } log`, `[1,"f",2]`},
	{"names", "each block has its own", `let x = 0; const log = []; try { let x = 1; log.push(x) } catch (x) {} finally { let x = 2; log.push(x) } log.push(x); log`, `[1,2,0]`},
}

func TestTry(t *testing.T) {
	for _, row := range tries {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.want, run(t, compile(t, row.source, true), true), row.reason)
		})
	}
}

// compile compiles a program as it is, or lowered.
func compile(t testing.TB, source string, lowered bool) *goja.Program {
	tree, err := parser.ParseFile(nil, "", source, 0)
	require.NoError(t, err)
	if lowered {
		tree = lower.Program(tree)
	}
	p, err := goja.CompileAST(tree, false)
	require.NoError(t, err)
	return p
}

// helpers are written for clearness; plain says whether short ways are taken at all.
const helpers = `(() => { const entries = Object.entries, values = Array.prototype[Symbol.iterator]; return {
	plain: v => short && Array.isArray(v) && v[Symbol.iterator] === values && !Object.prototype.hasOwnProperty.call(v, Symbol.iterator),
	pristine: f => short && f === entries,
	entries: v => entries(v).flat(1),
	elements(v, n) {
		if (short && Array.isArray(v) && !Object.prototype.hasOwnProperty.call(v, Symbol.iterator)) return v
		const list = [], it = v[Symbol.iterator]()
		let done = false
		for (let i = 0; i < n && !done; i++) {
			const step = it.next()
			done = step.done
			if (!done) list.push(step.value)
		}
		if (!done && it.return) it.return()
		return list
	},
	copy: (v, w) => ({...v, ...w}),
	with(o, ...members) {
		for (let i = 0; i < members.length; i += 2) Object.defineProperty(o, members[i], {value: members[i + 1], writable: true, enumerable: true, configurable: true})
		return o
	},
	regexp: (c, ...args) => new c(...args),
	knows: (p, s) => short && p instanceof RegExp && typeof s === 'string' && !p.global && !p.sticky ? p.test(s) : undefined,
	assign: (f, ...sources) => f({}, ...sources),
	list: v => short && Array.isArray(v) && !Object.prototype.hasOwnProperty.call(v, Symbol.iterator) ? Array.from(v) : [...v],
} })()`

func run(t *testing.T, p *goja.Program, short bool) string {
	vm := goja.New()
	require.NoError(t, vm.Set("short", short))
	made, err := vm.RunString(helpers)
	require.NoError(t, err)
	for _, name := range []string{lower.Plain, lower.Pristine, lower.Entries, lower.Elements, lower.List, lower.Copy, lower.With, lower.Assign, lower.RegExp, lower.Knows} {
		require.NoError(t, vm.GlobalObject().Set(name, made.ToObject(vm).Get(name[1:])))
	}
	v, err := vm.RunProgram(p)
	require.NoError(t, err)
	stringify, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("stringify"))
	text, err := stringify(goja.Undefined(), v)
	require.NoError(t, err)
	return text.String()
}

func TestProgramsDoTheSame(t *testing.T) {
	for _, row := range programs {
		t.Run(row.name, func(t *testing.T) {
			want := run(t, compile(t, row.source, false), true)
			require.Equal(t, want, run(t, compile(t, row.source, true), true), "the short way: %s", row.reason)
			require.Equal(t, want, run(t, compile(t, row.source, true), false), "the long way: %s", row.reason)
		})
	}
}

// TestLeftAlone lists what has no rewritten form.
func TestLeftAlone(t *testing.T) {
	for _, source := range []string{
		`for (const k in {}) ;`, `var [a] = [1]`, `const [a, ...b] = []`, `for (x of []) ;`, `(([a] = []) => a)`,
		`function* g([a]) {}`, `[1, ...[2]]`, `const {a} = {}`, `l: for (const x of []) ;`,
		`try {} finally {}`, `try {} catch (e) {}`,
		`({...a, m() {}})`, `({...a, ...b, ...c})`, `({...a, ...b()})`, `({a, ...b})`, `({...a, __proto__: b})`, `({...a, f: () => 1})`, `Object.assign({a}, b)`, `Object.assign({}, ...a)`,
	} {
		tree, err := parser.ParseFile(nil, "", source, 0)
		require.NoError(t, err)
		require.Same(t, tree, lower.Program(tree), source)
	}
}

// TestTreeStaysAsItIs: the state scan reads the tree after it was compiled.
func TestTreeStaysAsItIs(t *testing.T) {
	for _, row := range programs {
		parse := func() *ast.Program {
			tree, err := parser.ParseFile(nil, "", row.source, 0)
			require.NoError(t, err)
			return tree
		}
		tree, untouched := parse(), parse()
		lower.Program(tree)
		tree.File, untouched.File = nil, nil
		require.True(t, reflect.DeepEqual(untouched, tree), row.name)
	}
}

// TestCodeGrowsWithDepth: not by its power.
func TestCodeGrowsWithDepth(t *testing.T) {
	size := func(depth int) int {
		source, end := "", ""
		for range depth {
			source += "for (const x of list) {"
			end += "}"
		}
		tree, err := parser.ParseFile(nil, "", source+end, 0)
		require.NoError(t, err)
		return nodes(reflect.ValueOf(lower.Program(tree).Body))
	}
	require.Less(t, size(16), 40*size(2))
}

func nodes(v reflect.Value) int {
	n := 0
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			n = 1 + nodes(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += nodes(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += nodes(v.Index(i))
		}
	}
	return n
}
