// reduce, group, sort by several keys, flat, flatMap over items and elements
const groupBy = (list, f) => list.reduce((groups, x) => ({ ...groups, [f(x)]: [...(groups[f(x)] || []), x] }), {})

export function processEvent(event) {
  const { items = [], $elements = [], list = [], m = [] } = event.properties || {}
  event.stats = {
    byPrice: groupBy(items, (i) => (i.price > 1 ? 'high' : 'low')),
    sorted: [...items].sort((a, b) => b.quantity - a.quantity || (a.sku < b.sku ? -1 : 1)).map((i) => i.sku),
    tags: $elements.flatMap((e) => (e.attr__class || e.tag_name || '').split(/\s+/)),
    numbers: list.slice(0, 12).sort(),
    numeric: list.slice(0, 12).sort((a, b) => a - b),
    flat: Array.isArray(m) ? m.flat() : [],
    keys: Object.keys(event.properties || {}).sort().slice(0, 5),
    lengths: Object.entries(event.properties || {}).reduce((acc, [k, v]) => { acc[typeof v] = (acc[typeof v] || 0) + k.length; return acc }, {}),
  }
  return event
}
