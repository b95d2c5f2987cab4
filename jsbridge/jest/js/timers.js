// Timers: those that tests see, which wait for nobody, and fake ones that tests move on by hand.
(function (core) {
  const { real } = core
  const global = globalThis
  const realNow = core.Date.now

  // Timeout is what setTimeout returns in Node.
  class Timeout {
    constructor(id, again) {
      this.id = id
      Object.defineProperty(this, 'again', { value: again })
    }
    ref() { return this }
    unref() { return this }
    hasRef() { return true }
    refresh() {
      real.clearTimeout(this.id)
      this.id = this.again()
      return this
    }
    close() { real.clearTimeout(this.id); return this }
    [Symbol.toPrimitive]() { return this.id }
  }
  class Immediate {
    constructor(id) { this.id = id }
    ref() { return this }
    unref() { return this }
    hasRef() { return true }
    [Symbol.toPrimitive]() { return this.id }
  }
  const starter = (set) => (f, ms, ...args) => {
    const start = () => set(f, ms, ...args)
    return new Timeout(start(), start)
  }
  const stop = (id) => { if (id !== undefined && id !== null) real.clearTimeout(Number(id)) }

  const originals = {
    setTimeout: starter(real.setTimeout), clearTimeout: stop,
    setInterval: starter(real.setInterval), clearInterval: stop,
    setImmediate: (f, ...args) => new Immediate(real.setImmediate(f, ...args)), clearImmediate: stop,
    queueMicrotask: real.queueMicrotask,
    Date: core.Date,
  }
  for (const name of Object.keys(originals)) {
    if (name !== 'Date' && name !== 'queueMicrotask') Object.defineProperty(originals[name], 'name', { value: name })
  }
  core.wait = (f, ms) => { const id = real.setTimeout(f, ms); return () => real.clearTimeout(id) }

  let clock = null // the fake clock, null while timers are real

  // Clock is a set of fake timers.
  class Clock {
    constructor(now, limit) {
      this.now = now
      this.limit = limit
      this.start = now
      this.timers = new Map()
      this.jobs = []
      this.next = 1
    }
    add(f, delay, args, every, immediate) {
      if (typeof f !== 'function') throw new TypeError(`The "callback" argument must be of type function. Received ${f === undefined ? 'undefined' : f === null ? 'null' : `type ${typeof f}`}`)
      const id = this.next++
      delay = Number(delay)
      if (!(delay > 0) || delay > 2147483647) delay = delay > 2147483647 ? 1 : 0
      const timer = { id, f, args, delay, every, immediate, callAt: this.now + delay, hidden: false }
      this.timers.set(id, timer)
      const self = this
      return {
        id, ref() { return this }, unref() { return this }, hasRef() { return true },
        refresh() { timer.callAt = self.now + delay; self.timers.set(id, timer); return this },
        [Symbol.toPrimitive]() { return id },
      }
    }
    remove(id) { if (id !== undefined && id !== null) this.timers.delete(Number(id)) }
    // first is the timer that is due first, none after the time until.
    first(until = Infinity) {
      let best
      for (const timer of this.timers.values()) {
        if (timer.callAt > until) continue
        if (!best || timer.callAt < best.callAt || (timer.callAt === best.callAt && (timer.immediate && !best.immediate || (timer.immediate === best.immediate && timer.id < best.id)))) best = timer
      }
      return best
    }
    fire(timer) {
      this.now = Math.max(this.now, timer.callAt)
      if (timer.every) timer.callAt += Math.max(timer.delay, 1)
      else this.timers.delete(timer.id)
      timer.f.apply(null, timer.args)
      this.runJobs()
    }
    runJobs() {
      let n = 0
      while (this.jobs.length > 0) {
        const { f, args } = this.jobs.shift()
        f(...args)
        if (++n > this.limit) throw new Error(`Aborting after running ${this.limit} timers, assuming an infinite loop!`)
      }
    }
    endless() { return new Error(`Aborting after running ${this.limit} timers, assuming an infinite loop!`) }
    tick(ms) {
      const until = this.now + ms
      this.runJobs()
      for (let timer = this.first(until); timer; timer = this.first(until)) this.fire(timer)
      this.now = until
    }
    async tickAsync(ms) {
      const until = this.now + ms
      await pause()
      this.runJobs()
      for (let timer = this.first(until); timer; timer = this.first(until)) {
        this.fire(timer)
        await pause()
      }
      this.now = until
    }
    runAll() {
      this.runJobs()
      for (let n = 0; this.timers.size > 0; n++) {
        if (n >= this.limit) throw this.endless()
        this.fire(this.first())
      }
    }
    async runAllAsync() {
      await pause()
      this.runJobs()
      for (let n = 0; this.timers.size > 0; n++) {
        if (n >= this.limit) throw this.endless()
        this.fire(this.first())
        await pause()
      }
    }
    pendingEnd() {
      let last
      for (const timer of this.timers.values()) if (last === undefined || timer.callAt > last) last = timer.callAt
      return last
    }
    runPending() {
      this.runJobs()
      const last = this.pendingEnd()
      if (last !== undefined) this.tick(last - this.now)
    }
    async runPendingAsync() {
      await pause()
      this.runJobs()
      const last = this.pendingEnd()
      if (last !== undefined) await this.tickAsync(last - this.now)
    }
    step() { const timer = this.first(); if (timer) this.fire(timer) }
    setNow(now) {
      const by = now - this.now
      this.now = now
      for (const timer of this.timers.values()) timer.callAt += by
    }
  }

  const pause = () => new core.Promise((resolve) => { real.setImmediate(resolve) })

  // fakeDate is a Date that reads the clock.
  function fakeDate(clock) {
    const Real = core.Date
    function Date(...args) {
      if (!new.target) return new Real(clock.now).toString()
      const made = args.length === 0 ? new Real(clock.now) : new Real(...args)
      if (new.target !== Date) Object.setPrototypeOf(made, new.target.prototype)
      return made
    }
    Date.prototype = Real.prototype
    Date.now = () => Math.floor(clock.now)
    Date.parse = Real.parse
    Date.UTC = Real.UTC
    Object.defineProperty(Date, 'length', { value: 7 })
    Date.isFake = true
    return Date
  }

  const fakes = {
    Date: (c) => fakeDate(c),
    setTimeout: (c) => (f, ms, ...args) => c.add(f, ms, args, false),
    clearTimeout: (c) => (id) => c.remove(id),
    setInterval: (c) => (f, ms, ...args) => c.add(f, ms, args, true),
    clearInterval: (c) => (id) => c.remove(id),
    setImmediate: (c) => (f, ...args) => c.add(f, 0, args, false, true),
    clearImmediate: (c) => (id) => c.remove(id),
    queueMicrotask: (c) => (f) => { c.jobs.push({ f, args: [] }) },
  }
  let undo = []

  function replace(object, name, value) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name)
    Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: descriptor ? descriptor.enumerable : false })
    undo.push(() => { if (descriptor) Object.defineProperty(object, name, descriptor); else delete object[name] })
  }

  function useFakeTimers(options = {}) {
    if (clock) useRealTimers()
    const legacy = !!options.legacyFakeTimers
    const keep = new Set(legacy ? ['Date', 'queueMicrotask', 'performance', 'hrtime'] : options.doNotFake || [])
    const now = options.now === undefined ? realNow() : Number(options.now)
    clock = new Clock(now, options.timerLimit || 100000)
    clock.legacy = legacy
    const fake = (f) => (legacy ? core.fn(f) : f) // those of old were mocks
    for (const name of Object.keys(fakes)) {
      if (!keep.has(name)) replace(global, name, fake(Object.defineProperty(fakes[name](clock), 'name', { value: name })))
    }
    const c = clock
    if (!keep.has('nextTick')) replace(process, 'nextTick', fake((f, ...args) => { c.jobs.push({ f, args }) }))
    if (!keep.has('performance')) replace(performance, 'now', () => c.now - c.start)
    if (!keep.has('hrtime')) {
      const ns = () => BigInt(Math.round((c.now - c.start) * 1e6))
      replace(process, 'hrtime', Object.assign((before = [0, 0]) => {
        const t = ns() - BigInt(before[0]) * 1000000000n - BigInt(before[1])
        return [Number(t / 1000000000n), Number(t % 1000000000n)]
      }, { bigint: ns }))
    }
    if (options.advanceTimers) advanceByItself(c, options.advanceTimers === true ? 20 : options.advanceTimers)
  }

  function advanceByItself(c, ms) {
    const id = real.setInterval(() => c.tick(ms), ms)
    undo.push(() => real.clearInterval(id))
  }

  function useRealTimers() {
    for (const back of undo.reverse()) back()
    undo = []
    clock = null
  }

  const warning = 'A function to advance timers was called but the timers APIs are not replaced with fake timers. Call `jest.useFakeTimers()` in this test file or enable fake timers for all tests by setting `fakeTimers: {"enableGlobally": true}` in Jest configuration file.'
  const withClock = (f) => (...args) => {
    if (clock) return f(...args)
    core.native.log('warn', warning)
    return undefined
  }

  function runAllImmediates() {
    if (!clock || !clock.legacy) throw new TypeError('`jest.runAllImmediates()` is only available when using legacy fake timers.')
    for (const t of [...clock.timers.values()]) if (t.immediate) clock.fire(t)
  }

  for (const name of Object.keys(originals)) {
    if (name === 'Date' || name === 'queueMicrotask') continue
    Object.defineProperty(global, name, { value: originals[name], writable: true, configurable: true, enumerable: true })
  }

  core.endTimers = useRealTimers
  core.timerFunctions = (jest) => ({
    useFakeTimers(options) { useFakeTimers(core.isObject(options) ? options : {}); return jest() }, // 'modern' and 'legacy' were other versions'
    useRealTimers() { useRealTimers(); return jest() },
    advanceTimersByTime: withClock((ms) => clock.tick(ms || 0)),
    advanceTimersByTimeAsync: withClock((ms) => clock.tickAsync(ms || 0)),
    advanceTimersToNextTimer: withClock((steps = 1) => { for (let i = 0; i < steps; i++) clock.step() }),
    advanceTimersToNextTimerAsync: withClock(async (steps = 1) => { for (let i = 0; i < steps; i++) { await pause(); clock.step(); await pause() } }),
    runAllTimers: withClock(() => clock.runAll()),
    runAllTimersAsync: withClock(() => clock.runAllAsync()),
    runOnlyPendingTimers: withClock(() => clock.runPending()),
    runOnlyPendingTimersAsync: withClock(() => clock.runPendingAsync()),
    runAllTicks: withClock(() => clock.runJobs()),
    runAllImmediates,
    runTimersToTime: withClock((ms) => clock.tick(ms)),
    clearAllTimers() { if (clock) clock.timers.clear() },
    getTimerCount: () => (clock ? clock.timers.size + clock.jobs.length : 0),
    setSystemTime: withClock((now) => clock.setNow(now === undefined ? realNow() : Number(now))),
    getRealSystemTime: () => realNow(),
    now: () => (clock ? clock.now : realNow()),
  })
})
