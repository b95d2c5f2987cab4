// events: EventEmitter and its helpers. The constructor is a function, since older code calls it
// without new.
(function (native) {
  const errorMonitor = Symbol('events.errorMonitor')
  const captureRejection = Symbol.for('nodejs.rejection')
  function EventEmitter(options) {
    EventEmitter.init.call(this, options)
  }
  EventEmitter.prototype._events = undefined
  EventEmitter.prototype._eventsCount = 0
  EventEmitter.prototype._maxListeners = undefined
  EventEmitter.defaultMaxListeners = 10
  EventEmitter.init = function () {
    if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
      this._events = Object.create(null)
      this._eventsCount = 0
    }
    this._maxListeners = this._maxListeners || undefined
  }
  function checkListener(listener) {
    if (typeof listener !== 'function') throw native.argType('listener', 'of type function', listener)
  }
  function events(emitter) {
    if (emitter._events === undefined) {
      emitter._events = Object.create(null)
      emitter._eventsCount = 0
    }
    return emitter._events
  }
  function add(emitter, type, listener, first) {
    checkListener(listener)
    const all = events(emitter)
    if (all.newListener !== undefined) emitter.emit('newListener', type, listener.listener || listener)
    const list = emitter._events[type]
    if (list === undefined) {
      emitter._events[type] = [listener]
      emitter._eventsCount++
    } else {
      emitter._events[type] = first ? [listener, ...list] : [...list, listener]
    }
    return emitter
  }
  function onceWrapper(emitter, type, listener) {
    checkListener(listener)
    let fired = false
    const wrapper = function (...args) {
      if (fired) return
      fired = true
      emitter.removeListener(type, wrapper)
      return listener.apply(emitter, args)
    }
    wrapper.listener = listener
    return wrapper
  }
  const methods = {
    setMaxListeners(n) {
      if (typeof n !== 'number' || n < 0 || n !== n) throw native.error('RangeError', 'ERR_OUT_OF_RANGE', `The value of "setMaxListeners" is out of range. It must be >= 0. Received ${String(n)}`)
      this._maxListeners = n
      return this
    },
    getMaxListeners() { return this._maxListeners === undefined ? EventEmitter.defaultMaxListeners : this._maxListeners },
    emit(type, ...args) {
      const all = this._events
      if (type === 'error') {
        if (all !== undefined && all[errorMonitor] !== undefined) this.emit(errorMonitor, ...args)
        if (all === undefined || all.error === undefined) {
          if (args[0] instanceof Error) throw args[0]
          const shown = args[0] === undefined ? 'undefined' : typeof args[0] === 'string' ? `'${args[0]}'` : String(args[0])
          const error = native.error('Error', 'ERR_UNHANDLED_ERROR', `Unhandled error. (${shown})`)
          error.context = args[0]
          throw error
        }
      }
      const list = all === undefined ? undefined : all[type]
      if (list === undefined) return false
      for (const listener of list) listener.apply(this, args)
      return true
    },
    addListener(type, listener) { return add(this, type, listener, false) },
    prependListener(type, listener) { return add(this, type, listener, true) },
    once(type, listener) { return add(this, type, onceWrapper(this, type, listener), false) },
    prependOnceListener(type, listener) { return add(this, type, onceWrapper(this, type, listener), true) },
    removeListener(type, listener) {
      checkListener(listener)
      const list = events(this)[type]
      if (list === undefined) return this
      let at = list.length - 1
      while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--
      if (at < 0) return this
      if (list.length === 1) {
        delete this._events[type]
        this._eventsCount--
      } else {
        this._events[type] = list.filter((_, i) => i !== at)
      }
      if (this._events.removeListener !== undefined) this.emit('removeListener', type, listener)
      return this
    },
    removeAllListeners(type) {
      const all = events(this)
      const types = arguments.length === 0 ? Reflect.ownKeys(all).filter((key) => key !== 'removeListener') : [type]
      for (const each of types) {
        if (all.removeListener === undefined) {
          if (all[each] !== undefined) this._eventsCount--
          delete all[each]
        } else {
          for (const listener of [...(all[each] || [])].reverse()) this.removeListener(each, listener)
        }
      }
      if (arguments.length === 0) {
        this._events = Object.create(null)
        this._eventsCount = 0
      }
      return this
    },
    listeners(type) { return this.rawListeners(type).map((listener) => listener.listener || listener) },
    rawListeners(type) { return [...(events(this)[type] || [])] },
    listenerCount(type, listener) {
      const list = this._events === undefined ? undefined : this._events[type]
      if (list === undefined) return 0
      return listener === undefined ? list.length : list.filter((l) => l === listener || l.listener === listener).length
    },
    eventNames() { return this._events === undefined ? [] : Reflect.ownKeys(this._events) },
  }
  methods.on = methods.addListener
  methods.off = methods.removeListener
  Object.assign(EventEmitter.prototype, methods)

  // once makes a promise of the arguments of the next event.
  function once(emitter, type, options) {
    const signal = options && options.signal
    return new Promise((resolve, reject) => {
      const fail = () => {
        const error = native.error('Error', 'ABORT_ERR', 'The operation was aborted')
        error.name = 'AbortError'
        reject(error)
      }
      if (signal && signal.aborted) return fail()
      if (typeof emitter.addEventListener === 'function' && typeof emitter.on !== 'function') {
        emitter.addEventListener(type, (event) => resolve([event]), { once: true })
        return
      }
      const onError = (error) => {
        emitter.removeListener(type, done)
        reject(error)
      }
      const done = (...args) => {
        emitter.removeListener('error', onError)
        resolve(args)
      }
      emitter.once(type, done)
      if (type !== 'error') emitter.once('error', onError)
      if (signal) {
        signal.addEventListener('abort', () => {
          emitter.removeListener(type, done)
          emitter.removeListener('error', onError)
          fail()
        }, { once: true })
      }
    })
  }
  EventEmitter.EventEmitter = EventEmitter
  EventEmitter.once = once
  EventEmitter.errorMonitor = errorMonitor
  EventEmitter.captureRejectionSymbol = captureRejection
  EventEmitter.captureRejections = false
  EventEmitter.usingDomains = false
  EventEmitter.listenerCount = (emitter, type) => emitter.listenerCount(type)
  EventEmitter.getEventListeners = (emitter, type) => emitter.listeners(type)
  EventEmitter.getMaxListeners = (emitter) => emitter.getMaxListeners()
  EventEmitter.setMaxListeners = (n, ...emitters) => {
    if (emitters.length === 0) EventEmitter.defaultMaxListeners = n
    for (const emitter of emitters) if (typeof emitter.setMaxListeners === 'function') emitter.setMaxListeners(n)
  }
  return EventEmitter
})
