// order of jobs around awaits in a hook: settled values, thenables, helpers, promises resolved by promises
const ready = Promise.resolve('ready')
let resolveEarly
let n = 0

async function helper(log, name) {
  log.push(`${name} in`)
  await null
  log.push(`${name} out`)
  return name
}

// noise queues jobs that take turns with whatever comes next
function noise(log, name, turns = 4) {
  let p = Promise.resolve()
  for (let i = 1; i <= turns; i++) p = p.then(() => log.push(`${name} ${i}`))
}

const cases = [
  async (log) => { log.push(await ready, await 1, await undefined) },
  async (log) => { noise(log, 'a'); log.push(await ready); log.push(await ready); log.push(await 2) },
  async (log) => { await 0; noise(log, 'b'); await helper(log, 'h'); log.push('after helper') },
  async (log) => { noise(log, 'c'); const x = await { then(f) { log.push('then'); f('thenable') } }; log.push(x) },
  async (log) => { const p = new Promise((done) => done(ready)); noise(log, 'd'); await null; p.then(() => log.push('adopted')); log.push('one turn') },
  async (log) => { queueMicrotask(() => { log.push('micro'); Promise.resolve().then(() => log.push('inner')) }); noise(log, 'e', 2); await null; log.push('after micro') },
  async (log) => { try { await Promise.reject(new Error('no')) } catch (e) { noise(log, 'f', 2); await null; log.push(e.message) } finally { await null; log.push('finally') } },
  async (log) => { const all = [helper(log, 'x'), helper(log, 'y')]; log.push('both'); for (const p of all) log.push(await p) },
]

export async function processEvent(event, { storage }) {
  const log = []
  n++
  event.first = [await ready, await n, (await storage.get('n', 0))]
  await storage.set('n', n)
  resolveEarly?.('early')
  event.early = await new Promise((done) => { resolveEarly = done; queueMicrotask(() => done('now')) })
  await cases[n % cases.length](log)
  noise(log, 'end', 2)
  await null
  event.log = [...log]
  if (n % 5 === 0) return Promise.resolve(event)
  if (n % 5 === 1) return { then(f) { event.then = undefined; f(event) } }
  if (n % 7 === 0) throw new RangeError('seventh')
  return event
}

export const onEvent = async (event) => {
  noise([], 'g')
  console.log('body', await n)
  Promise.resolve().then(() => console.log('job')).then(() => console.log('next'))
  await null
  console.log('after')
}
