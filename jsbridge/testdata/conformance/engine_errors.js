// the errors that the engine itself raises, uncaught: their class and, for the commonest, their text
let n = -1
const bad = [
  (e) => e.nothing.at.all, (e) => e.missing(), (e) => e.properties.deep.er.x, () => undefinedVariable, () => { const c = 1; c = 2 }, (e) => { const [a] = e.nothing }, (e) => { for (const x of 5) ; }, (e) => new e.event(), (e) => e.event(), (e) => null.x, (e) => { e.nothing.x = 1 }, (e) => { const { a } = null }, (e) => [...undefined], () => { x; let x }, (e) => e.uuid.toFixed(2), (e) => 'a' in 'b', (e) => 1 instanceof 2, (e) => class extends null { constructor() { this.x } } && Symbol() + '', (e) => BigInt('x'), (e) => new (class A { #p; static t(o) { return o.#p } }).constructor.t({}), (e) => [].reduce((a) => a), (e) => Reflect.ownKeys(1), (e) => e.properties['not there'].length, (e) => (void 0)[0], (e) => e.nothing?.a.b.c, (e) => JSON.stringify(e).nope(), async (e) => { await 1; return e.nothing.x }, (e) => { let f; f() }, (e) => e['event']['a']['b'], (e) => Object.defineProperty, (e) => new Map([1]), (e) => (() => {})().x,
]

export function processEvent(event) {
  event.n = ++n
  const result = bad[n % bad.length](event)
  return result instanceof Promise ? result : event
}
