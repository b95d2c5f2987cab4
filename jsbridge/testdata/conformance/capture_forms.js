// posthog.capture: names, ids, timestamps and properties of every kind; what it returns and when it rejects
export async function processEvent(event) {
  const returned = [typeof posthog.capture('plain').then, await posthog.capture('empty', {})]
  await posthog.capture('copied', { ...event.properties, distinct_id: event.distinct_id, timestamp: event.timestamp, $lib: 'mine' })
  await posthog.capture(event.event.length, { date: new Date(0), nothing: undefined, not: NaN, nested: { list: [1, , 3], f() {} } })
  const cycle = {}
  cycle.self = cycle
  const error = await posthog.capture('cycle', cycle).catch((e) => e.name)
  return { ...event, returned, error }
}
