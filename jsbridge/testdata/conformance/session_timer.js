// time between events of a person: Date, a Map in global, timestamps parsed
export function setupPlugin({ global }) {
  global.last = new Map()
  global.started = Date.now()
}

export function processEvent(event, { global }) {
  const at = new Date(event.timestamp || event.now || Date.now())
  const id = event.distinct_id
  const known = global.last.get(id)
  if (known && !isNaN(at)) {
    const gap = at.getTime() - known.at
    event.properties = { ...event.properties, gap_ms: gap, gap_text: `${(gap / 1000).toFixed(1)}s`, new_session: gap > 30 * 60 * 1000, nth: ++known.n }
    known.at = Math.max(known.at, +at)
  } else {
    global.last.set(id, { at: at.getTime(), n: 1 })
  }
  event.people = global.last.size
  event.running = new Date() - global.started
  return event
}
