// deleting and replacing: properties replaced, aliased, emptied, swapped between levels, restored
let n = 0
export function processEvent(event) {
  const p = event.properties
  if (!p || typeof p !== 'object' || Array.isArray(p)) return event
  switch (n++ % 8) {
    case 0: event.properties = { only: p.$lib }; break
    case 1: delete event.properties; event.properties = p; p.back = true; break
    case 2: for (const k of Object.keys(p)) delete p[k]; p.empty = Object.keys(p).length; break
    case 3: event.copy = p; p.shared = 1; event.copy.again = 2; break
    case 4: event.properties = Object.assign({}, p); p.lost = true; event.properties.kept = true; break
    case 5: event.list = [p, p]; event.list[0].first = 1; break
    case 6: [event.event, event.distinct_id] = [event.distinct_id, event.event]; delete event.uuid; event.uuid = 'new'; break
    case 7: p.self_keys = Object.keys(p); p.$set = p.$set || {}; p.$set.nested = { deep: [1, { x: p.$lib }] }; p.$set.nested.deep[1].y = 2; delete p.$set.email; p.items?.push({ sku: 'extra' }); p.items?.[0] && (p.items[0].price = 0)
  }
  event.order = Object.keys(event).sort().join()
  return event
}
