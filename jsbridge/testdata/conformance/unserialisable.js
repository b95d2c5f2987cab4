// cycles, BigInts and getters that throw, under names that no event has: the hook fails and the rest of the event is kept
let n = 0
export function processEvent(event) {
  const loop = { name: 'loop' }
  loop.self = loop
  event.ok = n
  const p = event.properties && typeof event.properties === 'object' && !Array.isArray(event.properties) ? event.properties : {}
  switch (n++ % 7) {
    case 0: event.loop = loop; break
    case 1: p.loop = [loop]; break
    case 2: event.big = 1n; break
    case 3: p.unwritable = { deep: [1n] }; break
    case 4: event.getter = { get x() { throw new RangeError('getter') } }; break
    case 5: return { ...event, loop }
    case 6: p.json = { toJSON() { throw new Error('toJSON') } }
  }
  return event
}
