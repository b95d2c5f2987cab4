// read-only: walks nested values by index and by iteration, compares identity, slices without writing
const depth = (v) => (v && typeof v === 'object' ? 1 + Math.max(0, ...Object.values(v).map(depth)) : 0)
export default {
  processEvent(event) {
    const p = event.properties
    if (p?.$elements && (p.$elements !== event.properties.$elements || p.$elements[0] !== p.$elements.at(0))) throw new Error('identity')
    const copy = structured(p)
    if (JSON.stringify(copy) !== JSON.stringify(p)) throw new Error('copy')
    const parts = [depth(event), Array.isArray(p?.list) && p.list.slice().sort().length, p?.$set?.email?.toUpperCase()]
    return parts.length ? event : null
  },
}
function structured(v) {
  if (Array.isArray(v)) return v.map(structured)
  if (v === null || typeof v !== 'object') return v
  const out = {}
  for (const k of Object.keys(v)) Object.defineProperty(out, k, { value: structured(v[k]), enumerable: true, configurable: true, writable: true })
  return out
}
