// processEventBatch: the old form, one event at a time
export async function processEventBatch(events, meta) {
  const out = []
  for (const event of events) {
    if (event.event === '$pageleave') continue
    if (event.event === 'purchase') throw new Error('batch failed')
    event.batch = events.length
    out.push({ ...event })
  }
  return out.length ? out : undefined
}
