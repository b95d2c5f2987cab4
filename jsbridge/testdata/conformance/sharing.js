// one object at several places: the event, copies of it and its nested values share what plain objects share
let n = 0
export function processEvent(event) {
  const p = event.properties && typeof event.properties === 'object' ? event.properties : (event.properties = {})
  const copy = { ...event }
  copy.properties.through_copy = true
  switch (n++ % 9) {
    case 0: return event
    case 1: return copy
    case 2: event.properties = { replaced: true }; p.after = 1; return copy
    case 3: event.wrapped = { inner: p }; event.wrapped.inner.late = [1]; return event
    case 4: p.items ??= [{ sku: 'x' }]; event.first = p.items[0]; event.first.seen = true; return { ...copy, first: event.first }
    case 5: copy.me = { ...event, properties: undefined }; return copy
    case 6: { const { properties, ...rest } = event; properties.rest = Object.keys(rest).length; return { ...rest, properties } }
    case 7: event.nested = { event: { ...event }, list: [p, p] }; p.count = 7; return event
    case 8: { const old = Object.assign({}, p); p.shadow = 1; event.properties = old; delete p.shadow; old.kept = Object.keys(p).length - Object.keys(old).length; return event }
  }
}
