// every kind of throw, in turn, after a change in place; the rest pass
class ValidationError extends Error {
  constructor(field, options) { super(`${field} is invalid`, options); this.name = 'ValidationError'; this.field = field }
}
class Quiet extends ValidationError {}
let n = 0
const throws = [
  () => { throw new Error('plain') }, () => { throw new ValidationError('email', { cause: 1 }) }, () => { throw new Quiet('x') }, () => { throw 'text' }, () => { throw null }, () => { throw undefined }, () => { throw 42 }, () => { throw { code: 7, nested: [1] } }, () => { throw new RangeError('range') }, () => { throw new Error('') }, () => { throw Object.assign(new TypeError('t'), { name: 'Renamed' }) }, () => { throw new AggregateError([new Error('a')], 'many') }, () => { throw false }, () => { throw [1, 2] }, () => { throw new Error('line\nbreak') }, () => { throw new RetryError('again') }, () => { throw Symbol.iterator.description }, () => decodeURIComponent('%'), () => JSON.parse('{'), () => new Array(-1), () => 'x'.repeat(-1), () => (1).toFixed(200), () => null[Symbol.iterator],
]

export function processEvent(event) {
  if (++n % 3) return event
  event.before = n
  event.properties = { ...event.properties, n }
  throws[(n / 3) % 17 | 0]()
  event.after = true
  return event
}
