// runEveryMinute and its like: counts that are flushed, async work with timers, errors of all kinds
import { RetryError } from '@posthog/plugin-scaffold'

class Counter {
  readonly counts = new Map<string, number>()
  add(key: string) { this.counts.set(key, (this.counts.get(key) ?? 0) + 1) }
  take() {
    const taken = Object.fromEntries([...this.counts].sort())
    this.counts.clear()
    return taken
  }
}
const counter = new Counter()
let ticks = 0

export function processEvent(event: any, { global }: any) {
  counter.add(event.event)
  event.minutes = global.minutes ?? 0
  return event
}

export async function runEveryMinute(meta: any) {
  const counts = counter.take()
  meta.global.minutes = ++ticks
  await new Promise((done) => setTimeout(done, 250))
  await posthog.capture('counts', { counts, at: new Date(), total: Object.values(counts).reduce((a, b) => a + b, 0) })
  if (ticks % 5 === 0) throw new RetryError('not again')
}

export const runEveryHour = async ({ cache }: any) => {
  const n = await cache.incr('hours')
  console.log('hour', n, new Date().getUTCMinutes())
  if (n === 2) null!.nothing
}

export const runEveryDay = (meta: any) => { throw Object.keys(meta).sort() }
export const runEvery15Minutes = () => console.log('never')
