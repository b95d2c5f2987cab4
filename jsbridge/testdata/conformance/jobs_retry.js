// jobs: a sender that tries again later by itself, with payloads that go through JSON
export const jobs = {
  async send({ batch, attempt, at }, meta) {
    console.log('send', batch.length, attempt, typeof at, meta.config.limit, new Date().toISOString())
    const total = batch.reduce((n, e) => n + e.length, 0)
    if (total % 3 !== 0 && attempt < 3) {
      await meta.jobs.send({ batch, attempt: attempt + 1, at }).runIn(2 ** attempt, 'seconds')
      return
    }
    if (total % 2) throw new Error(`gave up after ${attempt}`)
    await meta.storage.set('sent', (await meta.storage.get('sent', 0)) + batch.length)
  },
  plain(...args) {
    console.log('plain', args.length, args.length > 1 ? args[0] : 'none')
  },
  broken: 5,
}

export async function setupPlugin(meta) {
  meta.global.batch = []
  await meta.jobs.plain().runNow()
}

export async function processEvent(event, { global, jobs }) {
  global.batch.push(event.event)
  if (global.batch.length >= 7) {
    const batch = global.batch
    global.batch = []
    await jobs.send({ batch, attempt: 0, at: new Date(), nothing: undefined }).runNow()
  }
  switch (event.event.length % 6) {
    case 0: await jobs.plain(0).runNow(); break
    case 1: await jobs.plain([event.event]).runIn(1.5, 'second'); break
    case 2: await jobs.plain({ a: NaN, toJSON: undefined }).runAt(new Date(Date.now() + 5000)); break
    case 3: if (event.event === '$identify') await jobs.unheardOf({ a: 1 }).runNow(); break
    case 4: if (event.event.length > 12) await jobs.broken(1).runNow(); break
  }
  return event
}
// config: {"limit": 7}
