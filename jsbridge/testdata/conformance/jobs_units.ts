// jobs: every unit, singular and plural, those that do not exist, dates in the past; the order in which they run
type Unit = 'second' | 'minutes' | 'hours' | 'day' | 'weeks' | 'month' | 'quarters' | 'year'
const units: (Unit | string)[] = ['milliseconds', 'second', 'minutes', 'hours', 'day', 'weeks', 'month', 'quarters', 'year', 'fortnight', 'Seconds', '']
let n = 0

export const jobs: Record<string, (payload: { n: number; unit: string }, meta: any) => Promise<void>> = {
  tell: async ({ n, unit }) => { console.log(n, unit) },
}

export async function processEvent(event: any, { jobs }: any) {
  const unit = units[n++ % units.length]
  event.properties ??= {}
  try {
    event.properties.queued = String(await jobs.tell({ n, unit }).runIn(n % 4, unit))
  } catch (error) {
    event.properties.queued = `${error.name}: ${error.message}`
  }
  if (n % 9 === 0) await jobs.tell({ n, unit: 'past' }).runAt(new Date(0))
  if (n % 11 === 0) await Promise.all([3, 1, 2].map((s) => jobs.tell({ n, unit: 'in ' + s }).runIn(s, 'seconds')))
  return event
}
