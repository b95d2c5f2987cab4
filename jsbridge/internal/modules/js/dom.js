// DOMException, events and aborting. Source: DOM Standard, sections 2 and 3; Web IDL, section 4.3.
(function (native) {
  const codes = {
    IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
    NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12,
    InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18,
    NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24,
    DataCloneError: 25,
  }
  function tag(constructor, name) {
    Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: name, configurable: true })
  }
  function enumerable(constructor, ...names) {
    for (const name of names) Object.defineProperty(constructor.prototype, name, { enumerable: true })
  }
  function callable(value) { return typeof value === 'function' }

  class DOMException extends Error {
    #name
    constructor(message = '', options = 'Error') {
      super(String(message))
      Object.defineProperty(this, 'message', { value: String(message), configurable: true, writable: true })
      if (options !== null && typeof options === 'object') {
        this.#name = options.name === undefined ? 'Error' : String(options.name)
        if ('cause' in options) Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true })
      } else {
        this.#name = String(options)
      }
    }
    get name() { return this.#name }
    get code() { return codes[this.#name] || 0 }
  }
  tag(DOMException, 'DOMException')
  for (const name of Object.keys(codes)) {
    const constant = name.replace(/Error$/, '').replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase() + '_ERR'
    const value = { value: codes[name], enumerable: true }
    Object.defineProperty(DOMException, constant, value)
    Object.defineProperty(DOMException.prototype, constant, value)
  }

  let now // the event that is being delivered has private parts that only this script may set
  class Event {
    #type; #bubbles; #cancelable; #composed; #prevented = false; #stopped = false; #timeStamp = native.now(); #target = null; #phase = 0
    constructor(type, options = undefined) {
      if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "type" argument must be specified')
      if (options !== undefined && options !== null && typeof options !== 'object') throw native.argType('options', 'of type object', options)
      this.#type = String(type)
      this.#bubbles = !!(options && options.bubbles)
      this.#cancelable = !!(options && options.cancelable)
      this.#composed = !!(options && options.composed)
    }
    get type() { return this.#type }
    get target() { return this.#target }
    get currentTarget() { return this.#phase ? this.#target : null }
    get srcElement() { return this.#target }
    get bubbles() { return this.#bubbles }
    get cancelable() { return this.#cancelable }
    get composed() { return this.#composed }
    get defaultPrevented() { return this.#cancelable && this.#prevented }
    get returnValue() { return !this.defaultPrevented }
    get timeStamp() { return this.#timeStamp }
    get eventPhase() { return this.#phase }
    get isTrusted() { return false }
    get cancelBubble() { return this.#stopped }
    composedPath() { return this.#phase ? [this.#target] : [] }
    preventDefault() { this.#prevented = true }
    stopPropagation() {}
    stopImmediatePropagation() { this.#stopped = true }
    static {
      now = {
        begin(event, target) {
          if (event.#phase) throw native.error('Error', 'ERR_EVENT_RECURSION', `The event "${event.#type}" is already being dispatched`)
          event.#target = target
          event.#phase = 2
        },
        stopped(event) { return event.#stopped },
        end(event) { event.#phase = 0 },
      }
    }
  }
  tag(Event, 'Event')
  for (const [name, value] of Object.entries({ NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 })) {
    Object.defineProperty(Event, name, { value, enumerable: true })
  }

  class CustomEvent extends Event {
    #detail
    constructor(type, options = undefined) {
      super(...arguments)
      this.#detail = options && options.detail !== undefined ? options.detail : null
    }
    get detail() { return this.#detail }
  }
  tag(CustomEvent, 'CustomEvent')

  class EventTarget {
    #listeners = new Map()
    addEventListener(type, listener, options = {}) {
      if (arguments.length < 2) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified')
      if (listener === null || listener === undefined) return
      if (!callable(listener) && typeof listener !== 'object') throw native.argType('listener', 'an instance of EventListener', listener)
      const capture = typeof options === 'boolean' ? options : !!(options && options.capture)
      const signal = options && options.signal
      if (signal && signal.aborted) return
      type = String(type)
      const list = this.#listeners.get(type) || []
      if (list.some((l) => l.listener === listener && l.capture === capture)) return
      this.#listeners.set(type, list.concat({ listener, capture, once: !!(options && options.once) }))
      if (signal) signal.addEventListener('abort', () => this.removeEventListener(type, listener, capture), { once: true })
    }
    removeEventListener(type, listener, options = {}) {
      const capture = typeof options === 'boolean' ? options : !!(options && options.capture)
      const list = this.#listeners.get(String(type))
      if (list) this.#listeners.set(String(type), list.filter((l) => l.listener !== listener || l.capture !== capture))
    }
    dispatchEvent(event) {
      if (!(event instanceof Event)) throw native.argType('event', 'an instance of Event', event)
      now.begin(event, this)
      try {
        for (const l of this.#listeners.get(event.type) || []) {
          if (now.stopped(event)) break
          if (!(this.#listeners.get(event.type) || []).includes(l)) continue
          if (l.once) this.removeEventListener(event.type, l.listener, l.capture)
          try {
            if (callable(l.listener)) l.listener.call(this, event)
            else l.listener.handleEvent(event)
          } catch (error) {
            // Like an exception of a timer: it is nobody's who dispatched the event.
            Promise.reject(error)
          }
        }
      } finally {
        now.end(event)
      }
      return !event.defaultPrevented
    }
  }
  tag(EventTarget, 'EventTarget')
  enumerable(EventTarget, 'addEventListener', 'removeEventListener', 'dispatchEvent')

  const key = {} // whoever has it may make an AbortSignal
  let abort
  class AbortSignal extends EventTarget {
    #aborted = false; #reason = undefined; #onabort = null
    constructor(given) {
      if (given !== key) throw native.error('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
      super()
    }
    get aborted() { return this.#aborted }
    get reason() { return this.#reason }
    get onabort() { return this.#onabort }
    set onabort(listener) {
      if (this.#onabort) this.removeEventListener('abort', this.#onabort)
      this.#onabort = callable(listener) ? listener : null
      if (this.#onabort) this.addEventListener('abort', this.#onabort)
    }
    throwIfAborted() { if (this.#aborted) throw this.#reason }
    static abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
      const signal = new AbortSignal(key)
      signal.#aborted = true
      signal.#reason = reason
      return signal
    }
    static timeout(delay) {
      if (typeof delay !== 'number') throw native.argType('delay', 'of type number', delay)
      const signal = new AbortSignal(key)
      setTimeout(() => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay)
      return signal
    }
    static any(signals) {
      const list = Array.from(signals)
      const first = list.find((s) => s.aborted)
      if (first) return AbortSignal.abort(first.reason)
      const signal = new AbortSignal(key)
      for (const s of list) s.addEventListener('abort', () => abort(signal, s.reason), { once: true })
      return signal
    }
    static {
      abort = (signal, reason) => {
        if (signal.#aborted) return
        signal.#aborted = true
        signal.#reason = reason
        signal.dispatchEvent(new Event('abort'))
      }
    }
  }
  tag(AbortSignal, 'AbortSignal')
  enumerable(AbortSignal, 'aborted')

  class AbortController {
    #signal = new AbortSignal(key)
    get signal() { return this.#signal }
    abort(reason = new DOMException('This operation was aborted', 'AbortError')) { abort(this.#signal, reason) }
  }
  tag(AbortController, 'AbortController')
  enumerable(AbortController, 'signal', 'abort')

  return { DOMException, Event, CustomEvent, EventTarget, AbortSignal, AbortController }
})
