// writes deep inside arrays and objects that came with the event; sort, reverse, splice, length
export function processEvent(event) {
  const p = event.properties ?? {}
  if (Array.isArray(p.$elements)) {
    p.$elements.reverse()
    p.$elements.forEach((e, i) => { e.i = i; delete e.attr__class })
    p.$elements.length = Math.min(p.$elements.length, 2)
  }
  if (Array.isArray(p.items)) {
    p.items.sort((a, b) => b.price - a.price)
    p.items.splice(1, 0, { sku: 'inserted', price: 1.10 })
    p.items[p.items.length + 1] = 'after a hole'
  }
  if (p.company?.address) { p.company.address.country += '!'; p.company.size = undefined; p.company.tags = new Set(['x']) }
  if (p.filters) { const { tags } = p.filters; tags.push(tags.shift()); p.filters.price.max -= 0.5 }
  if (p.$set_once) { Object.assign(p.$set_once, { a: 1 }); p.$set = { ...p.$set, ...p.$set_once } }
  if (Array.isArray(p.m)) p.m[0][1] = 'changed'
  if (Array.isArray(event.properties?.scores)) event.properties.scores.push(event.properties.scores[3])
  return event
}
