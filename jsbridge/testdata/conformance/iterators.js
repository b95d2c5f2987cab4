// iterator protocol by hand: entries, keys, lazy helpers by generators, zip, closing, array-likes
const take = function* (it, n) { let i = 0; for (const x of it) { if (i++ >= n) return; yield x } }
const zip = function* (...its) { const gs = its.map((it) => it[Symbol.iterator]()); while (true) { const r = gs.map((g) => g.next()); if (r.some((x) => x.done)) return; yield r.map((x) => x.value) } }
class Tree {
  constructor(value, ...children) { this.value = value; this.children = children }
  *[Symbol.iterator]() { yield this.value; for (const c of this.children) yield* c }
}
const tree = new Tree(1, new Tree(2, new Tree(3)), new Tree(4))

export function processEvent(event) {
  const keys = Object.keys(event)
  const it = keys[Symbol.iterator]()
  it.next()
  event.it = { rest: [...it].length, zip: [...zip(keys, take(naturals(), 3))], tree: [...tree].join(), entries: [...keys.entries()].at(-1), string: [...take('añ😀b', 3)], map: [...new Map([['a', 1]]).entries()], both: Array.from({ length: 2, 0: 'x' }), max: Math.max(...tree), self: it[Symbol.iterator]() === it, obj: Object.entries({ a: 1 }).flat() }
  return event
}
function* naturals() { for (let n = 0; ; n++) yield n }
