// Map, Set, WeakMap, WeakSet: order, iteration while deleting, conversion
const weak = new WeakMap()
const marks = new WeakSet()

export function processEvent(event) {
  const map = new Map(Object.entries(event.properties || {}))
  const set = new Set([...map.values()].filter((v) => typeof v !== 'object'))
  weak.set(event, map.size)
  marks.add(map)
  for (const key of map.keys()) if (key.length % 2) map.delete(key)
  map.set(NaN, 1).set(-0, 2).set('late', 3)
  event.c = {
    weak: weak.get(event), has: [weak.has({}), marks.has(map), marks.has(set), map.has(NaN), map.has(0), Object.is([...map.keys()][map.size - 2], 0)],
    keys: [...map.keys()].slice(0, 6).map(String), size: [map.size, set.size],
    list: Array.from(set).slice(0, 4), pairs: Array.from(map, ([k, v]) => String(k)[0] + typeof v).join(),
    json: JSON.stringify([map, set]), union: [...new Set([...set, ...new Set('abca')])].length,
    each: (() => { let n = 0; map.forEach((v, k, m) => { n += m === map ? 1 : 0 }); return n })(),
    tag: [String(map), Object.prototype.toString.call(set), String(new Map().entries())],
  }
  return event
}
