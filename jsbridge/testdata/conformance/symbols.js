// symbols: iterator, toPrimitive, hasInstance, species by subclass, registry, keys that JSON leaves out
const tag = Symbol('tag')
class Range {
  constructor(a, b) { this.a = a; this.b = b }
  *[Symbol.iterator]() { for (let i = this.a; i < this.b; i++) yield i }
  [Symbol.toPrimitive](hint) { return hint === 'number' ? this.b - this.a : `${this.a}..${this.b}(${hint})` }
  static [Symbol.hasInstance](x) { return typeof x === 'number' }
}
class List extends Array { sum() { return this.reduce((a, b) => a + b, 0) } }

export function processEvent(event) {
  const r = new Range(1, String(event.event).length % 7)
  event[tag] = 'not in JSON'
  if (event.properties) event.properties[Symbol.for('shared')] = 1
  const iterable = { from: 1, [Symbol.iterator]() { let n = this.from; return { next: () => ({ done: n > 3, value: n++ }), return() { event.closed = true; return {} } } } }
  for (const x of iterable) if (x === 2) break
  event.y = { spread: [...r], num: +r, text: `${r}`, sum: r + 1, instance: 5 instanceof Range, max: Math.max(...r, 0), list: List.from([1, 2]).map((x) => x * 2).sum(), kind: List.of(1).filter(Boolean).constructor.name, keys: Object.getOwnPropertySymbols(event).length, desc: tag.description, reg: Symbol.keyFor(Symbol.for('a')), str: tag.toString(), dest: (([a, ...b]) => [a, b])(iterable), map: [...new Map([[tag, 1]]).keys()].length }
  return event
}
