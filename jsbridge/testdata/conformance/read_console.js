// read-only: console methods and how they format what they are given
export async function processEvent(event) {
  if (event.event === '$pageview' || event.event === '$autocapture') return event
  console.log(event.event, event.properties)
  console.info('n =', 987, -0, NaN, 1e21, 10n, [1, [2, { a: undefined }], null], { b: [] })
  console.warn('%s %d', 'a', 1, null, undefined, true, () => 1, class A {}, Symbol.iterator.toString())
  console.error(new Error('bad'), new TypeError(''), /re/g, new Date(0).toISOString(), new Map([[1, 2]]), new Set(), [undefined, , 'x'])
  console.debug()
  console.log('', ' ', '\n', 'ü', '\ud83d\ude00', new Number(5), Object('s'), Object.assign(() => 2, { a: 1 }), { toString: () => 'mine' }, [[]], new (class B { x = 1 })())
  await console.log('awaited', Object.create({ inherited: 1 }), JSON.stringify({ a: 1 }))
  return event
}
