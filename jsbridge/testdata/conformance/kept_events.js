// events that live longer than their call: in global, in arrays, written to later, compared, put into others
export function setupPlugin({ global }) {
  global.recent = []
}

export function processEvent(event, { global }) {
  const last = global.recent.at(-1)
  if (last) {
    event.last = { event: last.event, keys: Object.keys(last).length, lib: last.properties?.$lib, gap: Date.parse(event.now) - Date.parse(last.now), same: last === event, marked: last.marked }
    last.marked = 'too late'
    if (last.properties && typeof last.properties === 'object') last.properties.late = true
    event.json = JSON.stringify(last).length
  }
  event.recent = global.recent.map((e) => e.event)
  event.unique = new Set(global.recent).size
  global.recent.push(event)
  if (global.recent.length > 3) global.recent.shift()
  return event
}
