// lists in the cache: the last events of everyone, trimmed by hand; for await over promises
export async function processEvent(event, { cache }) {
  const size = await cache.lpush('recent', [event.event, String(event.distinct_id).slice(0, 4)])
  while ((await cache.llen('recent')) > 8) {
    const all = await cache.lrange('recent', 0, -1)
    await cache.lrem('recent', 0, all[all.length - 1])
  }
  const popped = size % 5 === 0 ? await cache.lpop('recent', 2) : null
  const parts = []
  for await (const part of [cache.lrange('recent', 0, 2), cache.lrange('recent', 1, 1), cache.lrange('nobody', 0, 5), cache.llen('nobody'), cache.lpop('nobody', 1)]) parts.push(part)
  return { ...event, recent: { size, popped, parts } }
}
