// WeakRef and FinalizationRegistry as far as an engine without hooks into its collector can have
// them: a WeakRef keeps its target, and no finalizer is ever called. Both are allowed: the
// language promises no collection.
(function (native) {
  function object(value) {
    return value !== null && (typeof value === 'object' || typeof value === 'function')
  }
  class WeakRef {
    #target
    constructor(target) {
      if (!object(target)) throw new TypeError('WeakRef: invalid target')
      this.#target = target
    }
    deref() { return this.#target }
  }
  class FinalizationRegistry {
    #tokens = new WeakSet()
    constructor(cleanup) {
      if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable')
    }
    register(target, held, token) {
      if (!object(target)) throw new TypeError('FinalizationRegistry.prototype.register: invalid target')
      if (target === held) throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same')
      if (object(token)) this.#tokens.add(token)
    }
    unregister(token) { return this.#tokens.delete(token) }
  }
  for (const [constructor, name] of [[WeakRef, 'WeakRef'], [FinalizationRegistry, 'FinalizationRegistry']]) {
    Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: name, configurable: true })
  }
  return { WeakRef, FinalizationRegistry }
})
