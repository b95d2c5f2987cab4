// async functions, timers, Promise.all, race, allSettled, any, then chains, finally, order of jobs
const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value))
const fail = (ms, text) => sleep(ms).then(() => { throw new Error(text) })

export async function setupPlugin({ global }) {
  global.ready = await sleep(50, 'ready')
}

export async function processEvent(event, { global }) {
  const log = []
  const started = Date.now()
  setTimeout(() => log.push('timer 1'), 1)
  setImmediate(() => log.push('immediate'))
  queueMicrotask(() => log.push('microtask'))
  Promise.resolve().then(() => log.push('then 1')).then(() => log.push('then 2')).finally(() => log.push('finally'))
  ;(async () => { log.push('async start'); await null; log.push('async end') })()
  log.push('sync')
  const [a, b, c] = await Promise.all([sleep(30, 'slow'), 'plain', sleep(10, 'fast')])
  const race = await Promise.race([sleep(20, 'late'), sleep(5, 'early')])
  const settled = await Promise.allSettled([sleep(1, 1), fail(2, 'no'), 3])
  const any = await Promise.any([fail(1, 'a'), sleep(9, 'any')])
  const none = await Promise.any([fail(1, 'a'), fail(2, 'b')]).catch((e) => [e.name, e.errors.map((x) => x.message)])
  event.async = { ready: global.ready, a, b, c, race, settled: settled.map((s) => s.value ?? s.reason.message), any, none, log, took: Date.now() - started }
  return event
}
