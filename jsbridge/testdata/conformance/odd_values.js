// values that JSON has no form for: undefined, NaN, -0, functions, dates, boxed, sparse, nested
export function processEvent(event) {
  const shared = { s: 1 }
  const values = { u: undefined, n: NaN, i: -Infinity, z: -0, f() {}, d: new Date(1e12), bad: new Date(NaN), num: new Number(5), str: new String('s'), bool: new Boolean(false), re: /x/g, list: [undefined, NaN, () => 1, , new Date(0)], map: new Map([[1, 2]]), set: new Set([1]), err: new Error('e'), buf: Buffer.from('hi'), bytes: new Uint8Array([1, 2]), json: { toJSON: () => ({ ok: 1 }) }, gone: { toJSON() {} }, proto: Object.create({ inherited: 1 }), nul: Object.create(null), args: (function () { return arguments })(1, 2), class: new (class A { x = 1; #y = 2; static z = 3 })(), shared1: shared, shared2: shared }
  Object.assign(event, values)
  if (event.properties && typeof event.properties === 'object') Object.assign(event.properties, values)
  event.nested = { values, list: [[values.u], [values.f]] }
  shared.late = [event.z === 0, Object.is(event.z, -0), Number.isNaN(event.n), event.u === undefined, 'u' in event, event.d instanceof Date, typeof event.f]
  return event
}
