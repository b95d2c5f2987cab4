// Object.assign, entries, fromEntries, keys order, is, create, getOwnPropertyNames, hasOwn
export function processEvent(event) {
  const p = event.properties
  if (p === null || typeof p !== 'object') return event
  const copy = Object.assign({ z: 0, 5: 'five' }, p, null, undefined, 'xy', { z: 1 })
  const back = Object.fromEntries(Object.entries(p).map(([k, v]) => [k.toLowerCase(), typeof v]))
  const base = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } })
  const inherited = []
  for (const k in base) inherited.push(k)
  event.o = {
    keys: Object.keys(copy), values: Object.values(back).join(''), names: Object.getOwnPropertyNames(p).length, is: [Object.is(NaN, NaN), Object.is(0, -0)], has: [Object.hasOwn(p, 'a'), 'toString' in p, p.propertyIsEnumerable?.call?.(p, 'a'), delete copy.z, delete copy.none, 'z' in copy],
    inherited, order: Object.keys({ b: 1, 2: 1, a: 1, 1: 1, [-1]: 1, '01': 1 }), proto: [Object.getPrototypeOf(p) === Object.prototype, Object.getPrototypeOf(Object.create(null)), p instanceof Object, p.constructor === Object], text: [`${{}}`, String([]), Object.prototype.toString.call(p), Object.prototype.toString.call(null), Object.prototype.toString.call([])],
    merged: { ...null, ...'hi', ...[9], ...{ get x() { return 1 } } }, computed: { [`k${1 + 1}`]: 1, ['__proto__']: 2 }, entries: Object.entries('ab'), assignTo: Object.assign([1, 2], [3]), chain: event.properties?.$set?.email?.length ?? 'none', nullish: [p.x ?? 1, p.x || 2, (p.zero = 0) ?? 3, p.zero || 4],
    descriptor: Object.getOwnPropertyDescriptor(p, Object.keys(p)[0] ?? 'none') ?? null, literal: { 'a-b': 1, 1.5: 2, 0x10: 3, async: 4, get: 5, set: 6, await: 7, of: 8 },
  }
  return event
}
