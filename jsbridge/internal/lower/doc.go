// Package lower rewrites iteration over arrays into index loops, and copies of objects and
// the making of patterns into calls of the host, before the engine compiles them. What a module's
// functions would make anew in each call is made once, if nobody can tell. It also rewrites what the
// engine would compile wrongly.
//
// The engine runs for-of, array patterns and array spread through the iterator protocol: for each
// step a call of next and an object for its result, for each pattern an iterator of its own. Where
// the value turns out to be a plain array, whose iterator nobody has touched, none of that can be
// seen. [Program] therefore gives each of these a form that asks first and takes the short way
// if it may:
//
//	for (const x of E) BODY        { const s = E; if (plain(s)) for (let i = 0; i < s.length; i++) { const x = s[i]; BODY } else for (const x of s) BODY }
//	for (const [k, v] of Object.entries(E)) BODY        the same over a flat list of keys and values
//	Object.entries(E).forEach(([k, v]) => BODY)         that loop, if it can stand for it
//	const [a, b = 1] = E           const {0: a, 1: b = 1} = elements(E, 2)
//	([k, v]) => X                  p => { let {0: k, 1: v} = elements(p, 2); return X }
//	[...E]                         list(E)
//	{...E, k: v}                   with(copy(E), "k", v)
//	{...E, ...name, k: v}          with(copy(E, name), "k", v)
//	Object.assign({}, E, F)        assign(Object.assign, E, F)
//	new RegExp(P, F)               regexp(RegExp, P, F)
//	p.test(s)                      knows(p, s) ?? p.test(s)
//	p.exec(s)                      knows(p, s) === false ? null : p.exec(s)
//	s.match(p)                     knows(p, s) === false ? null : s.match(p)
//
// The helpers are the host's; their names are in [Helpers] and cannot be written in a program. Left as
// they are: loops with a label, patterns with a rest element, assignment patterns, var patterns,
// parameters of generators and such as stand beside default values, because their rewritten form would
// differ in something that a program can see.
//
// To make a function, a pattern or a list takes the engine as long as ten small calls. These are made once
// for a module, because what they are handed to looks at them and forgets them:
//
//	list.map((x) => x.trim())      const c = (0, (x) => x.trim());      list.map(c)
//	text.split(/[,;]/)             const c = /[,;]/;                    text.split(c)
//	/bot/.test(text)               const c = /bot/;                     c.test(text)
//	["a", "b"].includes(text)      const c = ["a", "b"];                c.includes(text)
//
// The function must use nothing of the functions around it. The methods are known by their names: a class
// of the program whose own map or split keeps what it is given is given the same one each time.
//
// A statement that both catches and cleans up becomes two. The engine leaves the catch block in force
// while the finally block of a try block that succeeded runs: it would catch what that throws, and run
// the finally block once more.
//
//	try A catch (e) B finally C    try { try A catch (e) B } finally C
//
// [Twins] gives asynchronous hooks another form beside their own, in which they make no promise.
//
// # Design notes
//
// The slow form of a loop is the original, with nothing rewritten in it: code grows with the
// depth of nesting, not by its power. Positions are those of the original nodes, and functions
// keep their source text, so that messages and toString do not change.
package lower
