// Runs the fixtures under Node: node runner.mjs JOB.json, where the job is
// {fixtures: [{name, code, config, script}], events: [text], start, step, attachment}. For each
// fixture it writes one line of JSON about setup, one for every event, one about teardown. After
// every event jobs that are due run, and tasks after every 10th, 60th and 200th. fetch is answered by
// a table, job.answers; where that has nothing the connection is refused.
//
// Each fixture has a realm of its own. What surrounds the plugin follows the original runtime:
// where hooks are looked for, what results mean, how console formats. Time is given, and timers
// take none: when nothing else is left to do, the clock jumps to the next one.
import { createRequire } from 'node:module'
import { readFileSync, writeSync } from 'node:fs'
import { types } from 'node:util'
import vm from 'node:vm'

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const hookNames = ['setupPlugin', 'processEvent', 'processEventBatch', 'onEvent', 'composeWebhook', 'teardownPlugin']
const tasks = [['runEveryMinute', 10], ['runEveryHour', 60], ['runEveryDay', 200]]
const maxGapJobs = 20
const day = 86400000
const units = {
  millisecond: 1, second: 1000, minute: 60000, hour: 3600000, day, week: 7 * day, month: 30 * day, quarter: 91 * day, year: 365 * day,
}

let out = []
let outSize = 0
function emit(record) {
  const line = JSON.stringify(record)
  out.push(line)
  outSize += line.length
  if (outSize > 1 << 20) flush()
}
function flush() {
  let rest = Buffer.from(out.length ? out.join('\n') + '\n' : '')
  out = []
  outSize = 0
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

// Clock and timers of the fixture that is running.
const time = {
  base: 0, skipped: 0, next: 0, queue: [],
  reset(base) { Object.assign(this, { base, skipped: 0, next: 0, queue: [] }) },
  now() { return this.base + this.skipped },
  set(f, delay, args, every) {
    if (typeof f !== 'function') throw new TypeError('the callback of a timer must be a function')
    this.queue.push({ id: ++this.next, due: this.skipped + delay, f, args, every })
    return this.next
  },
  clear(id) { this.queue = this.queue.filter((t) => t.id !== id) },
  fire() {
    if (this.queue.length === 0) return false
    const first = this.queue.reduce((a, b) => (b.due < a.due ? b : a))
    this.queue = this.queue.filter((t) => t !== first)
    this.skipped = Math.max(this.skipped, first.due)
    if (first.every) this.queue.push({ ...first, due: first.due + first.every })
    first.f(...first.args)
    return true
  },
}
const macrotask = () => new Promise((done) => setImmediate(done))

// Fetched is a Response of Node with what node-fetch has besides.
class Fetched extends Response {
  #url
  constructor(body, init, url) {
    super(body, init)
    this.#url = url
  }
  get url() { return this.#url }
  async buffer() { return Buffer.from(await this.arrayBuffer()) }
  clone() { return Object.setPrototypeOf(super.clone(), Fetched.prototype) }
}

class Never extends Error {}

// finish waits for what a hook returned, running timers while it is pending.
async function finish(result) {
  let state = ''
  let value
  const thenable = result !== null && (typeof result === 'object' || typeof result === 'function') && typeof result.then === 'function'
  if (thenable) {
    Promise.resolve(result).then(
      (v) => { state = 'fulfilled'; value = v },
      (v) => { state = 'rejected'; value = v },
    )
  } else {
    state = 'fulfilled'
    value = result
  }
  await macrotask()
  while (state === '') {
    for (let turns = 0; turns < 10 && state === '' && fetching; turns++) await macrotask() // streams take their time
    if (state !== '') break
    if (!time.fire()) throw new Never('promise never settles')
    await macrotask()
  }
  if (state === 'rejected') throw value
  return value
}

// inside runs in the fixture's realm before the plugin and returns what the runner needs of it.
const inside = `(clock) => {
  const Real = Date
  const fixed = new Proxy(Real, {
    construct(target, args, self) {
      return Reflect.construct(target, args.length ? args : [clock()], self === fixed ? target : self)
    },
    apply() { return new Real(clock()).toString() },
    get(target, key) { return key === 'now' ? clock : Reflect.get(target, key) },
  })
  Real.prototype.constructor = fixed
  Object.defineProperty(globalThis, 'Date', { value: fixed, writable: true, configurable: true })
  class RetryError extends Error {
    constructor(message) { super(message); this.name = 'RetryError' }
  }
  Object.defineProperty(globalThis, 'RetryError', { value: RetryError, writable: true, configurable: true })
  const { parse, stringify } = JSON
  const make = () => ({})
  return { parse, stringify, make, fixed, RetryError, unit: Promise.resolve() }
}`

// The modules of Node that fixtures may require.
const nodeRequire = createRequire(import.meta.url)
const modules = new Set(['assert', 'crypto', 'events', 'path', 'querystring', 'string_decoder', 'url', 'util', 'zlib'])

let fetching = false // the fixture uses fetch

class Realm {
  constructor(fixture) {
    this.logs = []
    this.queue = []
    this.captured = []
    this.requests = []
    fetching = /fetch/.test(fixture.code)
    this.fetch = Object.assign((...args) => this.answer(...args), { Headers, Request, Response })
    this.fetch.default = this.fetch
    const globals = {
      Buffer, Uint8Array, ArrayBuffer, TextEncoder, TextDecoder, URL, URLSearchParams, structuredClone, atob, btoa, AbortController, Event, EventTarget,
      console: this.console(),
      setTimeout: (f, ms, ...args) => time.set(f, Math.max(1, Math.trunc(ms) || 0), args, 0),
      setInterval: (f, ms, ...args) => time.set(f, Math.max(1, Math.trunc(ms) || 0), args, Math.max(1, Math.trunc(ms) || 0)),
      setImmediate: (f, ...args) => time.set(f, 0, args, 0),
      clearTimeout: (id) => time.clear(id),
      clearInterval: (id) => time.clear(id),
      clearImmediate: (id) => time.clear(id),
      queueMicrotask,
      fetch: this.fetch, Headers, Request, Response,
      posthog: { capture: async (event, properties) => this.capture(event, properties) },
    }
    this.context = vm.createContext({})
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(this.context, name, { value, writable: true, configurable: true })
    }
    Object.defineProperty(this.context, 'global', { value: vm.runInContext('globalThis', this.context), writable: true, configurable: true })
    Object.assign(this, vm.runInContext(inside, this.context)(() => time.now()))
    this.meta = this.make()
    this.meta.config = this.parse(JSON.stringify(fixture.config))
    this.meta.global = this.make()
    Object.assign(this.meta, this.services())
    Object.defineProperty(this.meta, 'jobs', { value: new Proxy({}, { get: (_, name) => (payload) => this.job(name, payload) }) })
    this.meta.attachments = this.make()
    this.meta.attachments.file = Object.assign(this.make(), {
      content_type: 'text/plain', file_name: 'a.txt', contents: Buffer.from(job.attachment, 'base64'),
    })
    this.hooks = this.load(fixture)
  }

  // services are storage, cache (without its clock) and cursors, kept in maps of JSON texts.
  services() {
    const stored = new Map()
    const cached = new Map()
    const read = (text) => {
      try {
        return text === '' ? null : this.parse(text)
      } catch {
        return null
      }
    }
    const list = (key) => cached.get(key) ?? []
    const keep = (key, l) => void (l.length ? cached.set(key, l) : cached.delete(key))
    return {
      storage: {
        get: async (key, value) => (stored.has(key) ? read(stored.get(key)) : value),
        set: async (key, value) => void (value === undefined ? stored.delete(key) : stored.set(key, this.stringify(value))),
        del: async (key) => void stored.delete(key),
      },
      utils: {
        cursor: {
          init: async (key, n) => void (stored.has(key) || stored.set(key, this.stringify(n || 0))),
          increment: async (key, n) => {
            const sum = (stored.has(key) ? read(stored.get(key)) : 0) + (n || 1)
            stored.set(key, this.stringify(sum))
            return sum
          },
        },
      },
      cache: {
        get: async (key, value) => (cached.has(key) ? read(cached.get(key)) : value),
        set: async (key, value) => void cached.set(key, this.stringify(value)),
        incr: async (key) => {
          const n = Number(cached.get(key) ?? 0)
          if (!Number.isInteger(n)) throw new Error('value is not an integer or out of range')
          cached.set(key, String(n + 1))
          return n + 1
        },
        expire: async (key, seconds) => cached.has(key) && (seconds > 0 || cached.delete(key)),
        lpush: async (key, items) => {
          for (const item of [items].flat()) cached.set(key, [String(item), ...list(key)])
          return list(key).length
        },
        lrange: async (key, from, to) => this.parse(this.stringify(list(key).slice(from, to === -1 ? undefined : to + 1))),
        llen: async (key) => list(key).length,
        lpop: async (key, n) => {
          const l = list(key)
          keep(key, l.slice(n))
          return l.length ? this.parse(this.stringify(l.slice(0, n))) : null
        },
        lrem: async (key, n, item) => {
          const l = list(key)
          keep(key, l.filter((x) => x !== item))
          return l.length - list(key).length
        },
      },
    }
  }

  // job is a job before it is put off.
  job(name, payload) {
    const text = this.stringify(payload)
    const put = async (at) => {
      this.queue.push({ name, text, at })
      this.queue.sort((a, b) => a.at - b.at)
    }
    return {
      runNow: () => put(time.base),
      runIn: async (n, unit) => {
        const name = String(unit).replace(/s$/, '')
        if (!(name in units)) throw this.failure(`Unknown time unit: ${name}s`)
        return put(time.base + n * units[name])
      },
      runAt: (date) => put(date.valueOf()),
    }
  }

  failure(message, name = 'Error') {
    return Object.assign(vm.runInContext('(message) => new Error(message)', this.context)(message), { name })
  }

  capture(event, given = {}) {
    const { timestamp = new Date(time.now()).toISOString(), distinct_id = 'test', ...properties } = this.parse(this.stringify(given))
    this.captured.push(this.stringify({
      event: String(event), distinct_id, timestamp, now: timestamp, sent_at: timestamp, ip: '', site_url: '',
      properties: { distinct_id, $lib: 'posthog-plugin-server', $lib_version: '1.0.0', ...properties },
    }))
  }

  // answer is fetch.
  async answer(input, init) {
    const request = new Request(input, init)
    const said = `${request.method} ${request.url} ${JSON.stringify(Object.fromEntries(request.headers))} ${await request.text()}`
    this.requests.push(said)
    const path = new URL(request.url).pathname
    if (path === '/echo') return new Fetched(JSON.stringify(said), { status: 200, statusText: 'OK' }, request.url)
    const a = job.answers[path]
    if (!a) throw this.failure('connect ECONNREFUSED', 'FetchError')
    return new Fetched(a.body, { status: a.status, statusText: a.statusText, headers: a.headers ?? [] }, request.url)
  }

  // gap runs jobs and tasks after event i and returns their failures, null for none.
  async gap(i, now) {
    const calls = []
    const call = async (f, ...args) => {
      time.reset(now)
      try {
        await this.call(f, ...args)
        calls.push(null)
      } catch (error) {
        calls.push(this.describe(error))
      }
    }
    for (let n = 0; n < maxGapJobs && this.queue.length > 0 && this.queue[0].at <= now; n++) {
      const { name, text } = this.queue.shift()
      const payload = text === undefined ? undefined : this.parse(text)
      if (!(name in this.jobs)) calls.push({ name: 'unknown job', message: name })
      else await call(this.jobs[name], ...(payload ? [payload] : []), this.meta)
    }
    for (const [name, period] of tasks) {
      if (this.hooks[name] && (i + 1) % period === 0) await call(this.hooks[name], this.meta)
    }
    return calls
  }

  console() {
    const console = {}
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
      console[level] = (...args) => {
        this.logs.push(level.toUpperCase() + ' ' + args.map((a) => this.show(a)).join(' '))
        return this.unit
      }
    }
    return console
  }

  show(arg) {
    const text = String(arg)
    return text === '[object Object]' || Array.isArray(arg) ? this.stringify(arg) : text
  }

  // load runs the plugin's code and finds its hooks.
  load(fixture) {
    const require = (name) => {
      if (name === '@posthog/plugin-scaffold') return { RetryError: this.RetryError }
      if (name === 'buffer') return { Buffer }
      if (name === 'node-fetch') return this.fetch
      if (modules.has(name)) return nodeRequire(name)
      throw new Error(`cannot import "${name}"`)
    }
    const module = this.make()
    module.exports = this.make()
    const places = []
    const look = (exports) => {
      for (const v of [exports, module.exports]) {
        if (v === null || typeof v !== 'object') continue
        places.push(v)
        if (v.default !== null && typeof v.default === 'object') places.push(v.default)
      }
    }
    if (fixture.script) {
      Object.assign(this.context, { exports: this.make(), require, module })
      vm.runInContext(fixture.code, this.context, { filename: fixture.name })
      look(this.context.exports)
      places.push(this.context)
    } else {
      const body = `(function (exports, require, module) {\n${fixture.code}\n;return exports })`
      const run = vm.runInContext(body, this.context, { filename: fixture.name })
      look(run.call(undefined, this.make(), require, module))
    }
    const hooks = {}
    for (const name of hookNames) {
      const place = places.find((p) => p[name])
      if (place) hooks[name] = place[name]
    }
    for (const [name] of tasks) {
      const place = places.find((p) => typeof p[name] === 'function')
      if (place) hooks[name] = place[name]
    }
    this.jobs = Object.assign({}, ...places.toReversed().map((p) => p.jobs))
    return hooks
  }

  // take returns what the fixture has left.
  take() {
    const { logs, captured, requests } = this
    Object.assign(this, { logs: [], captured: [], requests: [] })
    return { logs, captured, requests }
  }

  describe(error) {
    if (types.isNativeError(error)) {
      const name = String(error.name)
      const message = String(error.message)
      return { name, message }
    }
    const message = String(error)
    return { name: '', message: message === '[object Object]' ? this.stringify(error) : message }
  }

  // text is the JSON of an event, with an error if parts of it cannot be written: those are left
  // out, member by member for the event and its direct members.
  text(event) {
    try {
      return [this.stringify(event)]
    } catch (error) {
      return [this.stringify(this.writable(event, 0)), error]
    }
  }

  writable(object, depth) {
    const copy = Object.create(null)
    for (const key of Object.keys(object)) {
      try {
        this.stringify(object[key])
        copy[key] = object[key]
      } catch {
        const inner = object[key]
        if (depth === 0 && inner !== null && typeof inner === 'object' && this.originals.has(inner)) copy[key] = this.writable(inner, 1)
      }
    }
    return copy
  }

  async call(hook, ...args) {
    if (typeof hook !== 'function') throw new TypeError(`hook is ${hook}, not a function`)
    return finish(hook(...args))
  }

  // event runs one event through the hooks.
  async event(text) {
    const record = {}
    const { processEvent, processEventBatch, onEvent, composeWebhook } = this.hooks
    record.out = text
    if (processEvent || processEventBatch) {
      const event = this.parse(text)
      this.originals = new Set(Object.values(event).filter((v) => v !== null && typeof v === 'object' && !Array.isArray(v)))
      try {
        let result
        if (processEvent) result = await this.call(processEvent, event, this.meta)
        else {
          const list = await this.call(processEventBatch, vm.runInContext('(e) => [e]', this.context)(event), this.meta)
          result = list?.[0]
        }
        const [out, error] = !result ? [null] : typeof result === 'object' ? this.text(result) : []
        record.out = out
        if (error) {
          record.failed = this.describe(error)
          record.out = this.text(event)[0]
        } else if (out !== null && !out?.startsWith('{')) {
          record.failed = { name: 'no event', message: '' }
          record.out = text
        }
      } catch (error) {
        if (error instanceof Never) throw error
        record.failed = this.describe(error)
        record.out = this.text(event)[0]
      }
    }
    if (record.out !== null && onEvent) {
      try {
        await this.call(onEvent, this.parse(record.out), this.meta)
      } catch (error) {
        record.onEvent = this.describe(error)
      }
    }
    if (record.out !== null && composeWebhook) {
      try {
        record.webhook = this.webhook(composeWebhook, this.parse(record.out))
      } catch (error) {
        record.compose = this.describe(error)
      }
    }
    return record
  }

  webhook(compose, event) {
    if (typeof event.timestamp === 'string') event.timestamp = new this.fixed(event.timestamp)
    const w = compose(event, this.meta)
    if (!w) return null
    const headers = w.headers ? {} : null
    for (const name of Object.keys(w.headers ?? {})) headers[name] = String(w.headers[name])
    return { url: String(w.url), method: String(w.method ?? ''), body: String(w.body ?? ''), headers }
  }
}

for (const fixture of job.fixtures) {
  time.reset(job.start)
  const realm = new Realm(fixture)
  const setup = {}
  try {
    if (realm.hooks.setupPlugin) await realm.call(realm.hooks.setupPlugin, realm.meta)
  } catch (error) {
    setup.failed = realm.describe(error)
  }
  emit({ ...setup, ...realm.take() })
  for (const [i, text] of job.events.entries()) {
    const now = job.start + (i + 1) * job.step
    time.reset(now)
    const record = await realm.event(text)
    record.calls = await realm.gap(i, now)
    emit({ ...record, ...realm.take() })
  }
  time.reset(job.start + (job.events.length + 1) * job.step)
  if (realm.hooks.teardownPlugin) await realm.call(realm.hooks.teardownPlugin, realm.meta)
  emit(realm.take())
}
flush()
