import { now, minute } from 'clock'
import { keyOf } from '~/lib/key'
export const jobs = { report: async ({ n }, { storage }) => { await storage.set('reported', n) } }
export async function processEvent(event, { storage, cache, jobs }) {
  const key = keyOf(event)
  const n = (await storage.get(key, 0)) + 1
  await storage.set(key, n)
  const last = await cache.get('last', 0)
  if (now() - last > minute) {
    await cache.set('last', now())
    if (jobs) await jobs.report({ n }).runNow()
  }
  event.properties = { ...event.properties, n }
  return event
}
export const runEveryMinute = async ({ storage, global }) => { global.total = await storage.get('total', 0) }
