// every kind of result: falsy ones drop, truthy ones that are no objects fail and change nothing
const results = [(e) => e, () => null, () => undefined, () => false, () => 0, () => '', () => true, () => 'text', () => 1, (e) => [e], () => [], () => new Date(0), (e) => ({ ...e }), () => ({}), (e) => Promise.resolve(e), () => Promise.resolve(null), () => () => 1, () => 1n, () => NaN, (e) => ({ then(f) { f(e) } }), () => Symbol.iterator, (e) => new Proxy(e, {}), (e) => Object.create(e), (e) => new (class Event { constructor() { Object.assign(this, e) } })(), (e) => e.properties, () => new Map(), () => /x/, () => new String('s')]
let n = 0
export function processEvent(event) {
  const i = n++ % results.length
  event.i = i
  if (event.properties && typeof event.properties === 'object') event.properties.touched = [i]
  return results[i](event)
}
