package lower_test

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

// constants are programs with things that may be made once, and things that may not.
var constants = []struct{ name, reason, body, value string }{
	{"function", "that uses nothing around it", `function f(s) { return s.split(',').map((p) => p.trim()) }`, `[f('a, b'), f(' c')]`},
	{"function with a variable of its surroundings", "which is another one in each call", `function f(n) { return [1, 2].map((x) => x * n) }`, `[f(2), f(3)]`},
	{"function in a function", "each uses its own", `function f() { return [[1, 2], [3]].map((l) => l.filter((x) => x > 1)) }`, `[f(), f()]`},
	{"function that uses a parameter of the one around it", "stays inside", `function f() { return [[1, 2], [3]].map((l) => l.filter((x) => x in l)) }`, `[f(), f()]`},
	{"function that uses what the module binds", "and sees its later values", `let n = 1; const add = (x) => x + n; function f() { return [1].map((x) => add(x) + n) } const r = [f()]; n = 5; r.push(f());`, `r`},
	{"name bound twice", "by the module and by a function", `const n = 1; function f(n) { return [1].map((x) => x + n) }`, `[f(1), f(2), n]`},
	{"name bound by a block", "of the module", `const out = []; for (let i = 0; i < 2; i++) { const f = () => [1].map((x) => x + i); out.push(f()) }`, `out`},
	{"name bound by a catch block", "is one of a function's surroundings", `function f(v) { try { throw v } catch (e) { return [1].map((x) => x + e) } }`, `[f(1), f(2)]`},
	{"name bound by a loop", "likewise", `function f() { const out = []; for (const e of [1, 2]) out.push([1].map((x) => x + e)); for (const e in {a: 1}) out.push([1].map((x) => x + e)); return out }`, `f()`},
	{"name of a function", "that stands in an expression", `const g = function self(n) { return n ? [n - 1].map((x) => self(x)) : [] };`, `g(2)`},
	{"this", "is that of the call", `class C { constructor(n) { this.n = n } f() { return [1].map((x) => x + this.n) } }`, `[new C(1).f(), new C(2).f()]`},
	{"arguments", "are those of the call", `function f() { return [1].map((x) => x + arguments[0]) }`, `[f(1), f(2)]`},
	{"private names", "belong to a class", `class C { #n = 4; static f(c) { return [1].map((x) => x + c.#n) } }`, `C.f(new C())`},
	{"short member", "a name like any other", `function f(a) { return [1].map((x) => ({x, a})) }`, `[f(1), f(2)]`},
	{"parameters", "patterns, defaults and the rest", `function f() { return [[1, {a: 2}]].map(([x, {a}], i = 9, ...more) => [x, a, i, more.length]) }`, `[f(), f()]`},
	{"name", "a function handed over has none", `const names = []; Array.prototype.map = function (f) { names.push(f.name); return [] }; function f() { [1].map((x) => x) } f();`, `names`},
	{"order of comparison", "and reduction", `function f(l) { return [l.sort((a, b) => b - a), l.reduce((a, b) => a + b, 0)] }`, `[f([1, 3, 2]), f([4, 5])]`},
	{"recursion", "while the function is in use", `function f(n) { return n === 0 ? [0] : [n].flatMap((x) => [x, ...f(x - 1)]) }`, `f(3)`},
	{"eval", "may name anything", `function f(n) { return [1].map((x) => eval('n')) }`, `[f(1), f(2)]`},
	{"with", "brings names that nobody sees", `function f(o) { with (o) { return [1].map((x) => x + hidden) } }`, `[f({hidden: 1}), f({hidden: 2})]`},
	{"strict", "stays strict", ``, `(function () { 'use strict'; function f() { return [[1].map((x) => x), this === undefined] } return f() })()`},

	{"pattern", "tested twice", `function f(s) { return /b(.)/.test(s) ? /b(.)/.exec(s)[1] : null }`, `[f('abc'), f('x'), f('bd')]`},
	{"pattern with memory", "begins anew in each call", `function f(s) { return [/a/g.test(s), /a/y.test(s)] }`, `[f('a'), f('a'), f('a')]`},
	{"pattern in replace", "finds all each time", `function f(s) { return s.replace(/a/g, 'b').replace(/b/, (m) => m + '!').split(/!/) }`, `[f('aab'), f('aab')]`},
	{"pattern in match", "likewise", `function f(s) { return [s.match(/./g), s.search(/c/g), [...s.matchAll(/b/g)].length] }`, `[f('abc'), f('abc')]`},
	{"sticky pattern", "remembers where it was", `const out = []; function f(s) { return s.replace(/a/y, 'b') }`, `[f('aa'), f('aa')]`},
	{"pattern used while it is in use", "by the function that replaces", `function f(s) { return s.replace(/\((.*)\)/g, (m, inner) => '[' + f(inner) + ']') }`, `f('(a(b))(c)')`},
	{"error in a replacement", "leaves nothing behind", `function f(s, e) { return s.replace(/a/g, (m) => { if (e) throw 1; return 'b' }) } let m; try { f('aa', true) } catch (e) { m = e }`, `[m, f('aa')]`},

	{"list", "asked whether it has a value", `function f(x) { return ['a', 1, null, true].includes(x) || ['b'].indexOf(x) === 0 }`, `[f('a'), f(null), f('b'), f('c')]`},
	{"list with a variable", "made anew", `function f(x) { return ['a', x].includes('b') }`, `[f('a'), f('b')]`},
	{"list with holes", "left alone", `function f(x) { return [, 1].includes(x) }`, `[f(undefined), f(2)]`},
}

func TestConstants(t *testing.T) {
	for _, row := range constants {
		t.Run(row.name, func(t *testing.T) {
			script := row.body + "\n" + row.value
			module := "(function () {" + row.body + "\nreturn " + row.value + " })()"
			want := run(t, compile(t, script, false), true)
			require.Equal(t, want, run(t, compile(t, script, true), true), row.reason)
			require.Equal(t, want, run(t, compile(t, module, true), true), "as a module: %s", row.reason)
		})
	}
}

// TestMadeOnce tells apart what is made in each call and what is not.
func TestMadeOnce(t *testing.T) {
	for _, row := range []struct {
		name, source string
		once         bool
	}{
		{"function", `got.map((x) => x)`, true},
		{"function with a variable", `got.map((x) => x + n)`, false},
		{"function for a method that arrays have not", `got.keep((x) => x)`, false},
		{"pattern", `got.split(/a/)`, true},
		{"sticky pattern", `got.split(/a/y)`, false},
		{"pattern for another method", `got.keep(/a/)`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			source := `const seen = []; const got = {}; got.map = got.split = got.keep = (x) => seen.push(x); function f(n) { ` + row.source + ` } f(1); f(2); seen[0] === seen[1]`
			v, err := goja.New().RunProgram(compile(t, source, true))
			require.NoError(t, err)
			require.Equal(t, row.once, v.ToBoolean())
		})
	}
}
