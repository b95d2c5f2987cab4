// storage.cursor and cache.incr: counters that survive, deletion, defaults, errors from the store
export async function setupPlugin({ utils, cache }) {
  await utils.cursor.init('events', 1000)
  await cache.set('ratio', 0.5)
}

export async function processEvent(event, { utils: { cursor }, cache, storage }) {
  const n = await cursor.increment('events')
  const views = await cache.incr(`views:${event.event}`)
  let failed
  try { await cache.incr('ratio') } catch (e) { failed = e.message }
  if (views % 10 === 0) await storage.del('last')
  const last = await storage.get('last', 'nothing')
  await storage.set('last', n % 3 ? { n, event: event.event } : null)
  event.counts = { n, views, failed, last, same: await storage.get('events'), ratio: await cache.get('ratio'), none: await cache.get('none', [1]), by: await cursor.increment('sizes', Object.keys(event.properties ?? {}).length) }
  return event
}
