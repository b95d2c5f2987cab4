// Mock functions, spies and automatic mocks.
(function (core) {
  const { Promise } = core
  let states = new WeakMap()  // calls and results by function
  let configs = new WeakMap() // implementations by function
  let invocations = 1
  const restores = new Set()

  const newState = () => ({ calls: [], contexts: [], instances: [], invocationCallOrder: [], results: [] })
  const newConfig = () => ({ mockImpl: undefined, mockName: 'jest.fn()', once: [] })
  const stateOf = (f) => {
    if (!states.has(f)) states.set(f, newState())
    const state = states.get(f)
    if (state.calls.length > 0) state.lastCall = state.calls[state.calls.length - 1]
    return state
  }
  const configOf = (f) => {
    if (!configs.has(f)) configs.set(f, newConfig())
    return configs.get(f)
  }

  // named gives a function the name and length of what it stands for.
  function named(f, name, length) {
    if (name) Object.defineProperty(f, 'name', { value: name, configurable: true })
    Object.defineProperty(f, 'length', { value: length || 0, configurable: true })
    return f
  }

  // makeFunction makes a mock function; prototype members of a class are mocked in each instance.
  function makeFunction(name, length, restore, prototypeMembers) {
    const f = named(function (...args) {
      const state = stateOf(f)
      const config = configOf(f)
      state.instances.push(this)
      state.contexts.push(this)
      state.calls.push(args)
      state.invocationCallOrder.push(invocations++)
      const result = { type: 'incomplete', value: undefined }
      state.results.push(result)
      const constructed = this instanceof f
      try {
        const value = answer.call(this, config, args, constructed)
        result.type = 'return'
        result.value = value
        return value
      } catch (e) {
        result.type = 'throw'
        result.value = e
        throw e
      }
    }, name || 'mockConstructor', length)
    function answer(config, args, constructed) {
      if (constructed && prototypeMembers) {
        for (const key of prototypeMembers) {
          const original = f.prototype[key]
          if (original && original._isMockFunction) this[key] = fromMetadata(getMetadata(original)), (this[key]._protoImpl = original)
        }
      }
      const own = config.once.length > 0 ? config.once.shift() : config.mockImpl
      if (own !== undefined) return own.apply(this, args)
      if (!constructed && f._protoImpl) return f._protoImpl.apply(this, args)
      return undefined
    }
    return decorate(f, restore)
  }

  function decorate(f, restore) {
    f._isMockFunction = true
    f.getMockImplementation = () => configOf(f).mockImpl
    Object.defineProperty(f, 'mock', { configurable: false, enumerable: true, get: () => stateOf(f), set: (v) => states.set(f, v) })
    f.mockClear = () => { states.delete(f); return f }
    f.mockReset = () => { f.mockClear(); configs.delete(f); return f }
    f.mockRestore = () => { f.mockReset(); if (restore) restore(); restores.delete(restore); return undefined }
    f.mockReturnValueOnce = (v) => f.mockImplementationOnce(() => v)
    f.mockResolvedValueOnce = (v) => f.mockImplementationOnce(() => Promise.resolve(v))
    f.mockRejectedValueOnce = (v) => f.mockImplementationOnce(() => Promise.reject(v))
    f.mockReturnValue = (v) => f.mockImplementation(() => v)
    f.mockResolvedValue = (v) => f.mockImplementation(() => Promise.resolve(v))
    f.mockRejectedValue = (v) => f.mockImplementation(() => Promise.reject(v))
    f.mockImplementationOnce = (impl) => { configOf(f).once.push(impl); return f }
    f.withImplementation = (impl, callback) => withImplementation(f, impl, callback)
    f.mockImplementation = (impl) => { configOf(f).mockImpl = impl; return f }
    f.mockReturnThis = () => f.mockImplementation(function () { return this })
    f.mockName = (name) => { if (name) configOf(f).mockName = name; return f }
    f.getMockName = () => configOf(f).mockName || 'jest.fn()'
    if (restore) restores.add(restore)
    return f
  }

  function withImplementation(f, impl, callback) {
    const config = configOf(f)
    const { mockImpl, once } = config
    config.mockImpl = impl
    config.once = []
    const back = () => { configOf(f).mockImpl = mockImpl; configOf(f).once = once }
    let result
    try {
      result = callback()
    } catch (e) {
      back()
      throw e
    }
    if (!core.isPromise(result)) return back()
    return result.then(back, (e) => { back(); throw e })
  }

  function fn(impl) {
    const f = makeFunction(undefined, impl ? impl.length : 0)
    if (impl) f.mockImplementation(impl)
    return f
  }

  const describeKey = (key) => (typeof key === 'symbol' ? String(key) : key)

  function spyOn(object, key, access) {
    if (object == null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw new Error(`Cannot use spyOn on a primitive value; ${core.type(object)} given`)
    }
    if (key == null) throw new Error('No property name supplied')
    if (access) return spyOnAccess(object, key, access)
    const original = object[key]
    if (!original) throw new Error(`Property \`${describeKey(key)}\` does not exist in the provided object`)
    if (original._isMockFunction) return original
    if (typeof original !== 'function') {
      throw new Error(`Cannot spy on the \`${describeKey(key)}\` property because it is not a function; ${core.type(original)} given instead.${typeof original !== 'object' ? ` If you are trying to mock a property, use \`jest.replaceProperty(object, '${describeKey(key)}', value)\` instead.` : ''}`)
    }
    const own = core.own(object, key)
    const descriptor = descriptorOf(object, key)
    let mock
    if (descriptor && descriptor.get) {
      const { get } = descriptor
      mock = makeFunction(original.name, original.length, () => { Object.defineProperty(object, key, { ...descriptor, get }) })
      Object.defineProperty(object, key, { ...descriptor, get: () => mock })
    } else {
      mock = makeFunction(original.name, original.length, () => { if (own) object[key] = original; else delete object[key] })
      object[key] = mock
    }
    return mock.mockImplementation(function (...args) { return original.apply(this, args) })
  }

  function descriptorOf(object, key) {
    for (let o = object; o; o = Object.getPrototypeOf(o)) {
      const descriptor = Object.getOwnPropertyDescriptor(o, key)
      if (descriptor) return descriptor
    }
    return undefined
  }

  function spyOnAccess(object, key, access) {
    if (access !== 'get' && access !== 'set') throw new Error('Invalid accessType supplied')
    const descriptor = descriptorOf(object, key)
    if (!descriptor) throw new Error(`Property \`${describeKey(key)}\` does not exist in the provided object`)
    if (!descriptor.configurable) throw new Error(`Property \`${describeKey(key)}\` is not declared configurable`)
    if (!descriptor[access]) throw new Error(`Property \`${describeKey(key)}\` does not have access type ${access}`)
    const original = descriptor[access]
    if (original._isMockFunction) return original
    const mock = makeFunction(original.name, original.length, () => { Object.defineProperty(object, key, { ...descriptor, [access]: original }) })
    mock.mockImplementation(function (...args) { return original.apply(this, args) })
    Object.defineProperty(object, key, { ...descriptor, [access]: mock })
    return mock
  }

  const replacements = new Map() // object -> key -> handle
  function replaceProperty(object, key, value) {
    if (object == null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw new Error(`Cannot use replaceProperty on a primitive value; ${core.type(object)} given`)
    }
    const descriptor = descriptorOf(object, key)
    if (!descriptor) throw new Error(`Property \`${describeKey(key)}\` does not exist in the provided object`)
    if (!descriptor.configurable) throw new Error(`Property \`${describeKey(key)}\` is not declared configurable`)
    if (descriptor.get || descriptor.set) throw new Error(`Cannot replace the \`${describeKey(key)}\` property because it has a ${descriptor.get ? 'getter' : 'setter'}. Use \`jest.spyOn(object, '${describeKey(key)}', '${descriptor.get ? 'get' : 'set'}').mockReturnValue(value)\` instead.`)
    if (typeof descriptor.value === 'function') throw new Error(`Cannot replace the \`${describeKey(key)}\` property because it is a function. Use \`jest.spyOn(object, '${describeKey(key)}')\` instead.`)
    const byKey = replacements.get(object) || new Map()
    replacements.set(object, byKey)
    if (byKey.has(key)) return byKey.get(key).replaceValue(value)
    const own = core.own(object, key)
    const original = descriptor.value
    const handle = {
      replaceValue(v) { object[key] = v; return handle },
      restore() {
        byKey.delete(key)
        restores.delete(handle.restore)
        if (own) object[key] = original
        else delete object[key]
      },
    }
    byKey.set(key, handle)
    restores.add(handle.restore)
    return handle.replaceValue(value)
  }

  const metaType = (v) => {
    if (typeof v === 'function') return 'function'
    if (Array.isArray(v)) return 'array'
    if (core.isObject(v)) {
      const tag = core.tag(v)
      if (tag === '[object Map]' || tag === '[object WeakMap]' || tag === '[object Set]' || tag === '[object Symbol]') return tag.slice(8, -1).toLowerCase()
      if (tag === '[object RegExp]') return 'regexp'
      return 'object'
    }
    if (v === undefined) return 'undefined'
    if (v === null) return 'null'
    return 'constant'
  }

  const hiddenKeys = new Set(['prototype', 'caller', 'callee', 'arguments', 'length', 'name'])
  const ends = [Object.prototype, Function.prototype, RegExp.prototype]

  function slotsOf(o) {
    const slots = new Set()
    for (let at = o; at && !ends.includes(at); at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) {
        if (name === '__proto__') continue
        const descriptor = Object.getOwnPropertyDescriptor(at, name)
        if (descriptor.get && !o.__esModule && !descriptor.enumerable) continue
        slots.add(name)
      }
    }
    return [...slots]
  }

  // getMetadata describes a module's exports, or a part of them.
  function getMetadata(component, refs = new Map()) {
    if (refs.has(component)) return { ref: refs.get(component) }
    const type = metaType(component)
    const metadata = { type }
    if (['constant', 'null', 'undefined'].includes(type)) return { ...metadata, value: component }
    if (type === 'function') {
      metadata.name = component.name
      metadata.length = component.length
      if (component._isMockFunction) metadata.mockImpl = component.getMockImplementation()
    }
    metadata.refID = refs.size
    refs.set(component, metadata.refID)
    if (type === 'array') return metadata
    metadata.members = {}
    for (const slot of slotsOf(component)) {
      if (type === 'function' && hiddenKeys.has(slot)) continue
      if (type === 'function' && component._isMockFunction && /^(_isMockFunction|mock|getMock|withImplementation|_protoImpl)/.test(slot)) continue
      const getter = !component.__esModule && (descriptorOf(component, slot) || {}).get
      if (!getter) metadata.members[slot] = getMetadata(component[slot], refs)
    }
    if (type === 'function' && core.isObject(component.prototype)) metadata.members.prototype = getMetadata(component.prototype, refs)
    return metadata
  }

  function component(metadata) {
    switch (metadata.type) {
      case 'function': {
        const { members = {} } = (metadata.members || {}).prototype || {}
        const f = makeFunction(metadata.name, metadata.length, undefined, Object.keys(members).filter((name) => members[name].type === 'function'))
        if (metadata.mockImpl) f.mockImplementation(metadata.mockImpl)
        return f
      }
      case 'array': return []
      case 'object': return {}
      case 'regexp': return new RegExp('')
      case 'map': return new Map()
      case 'weakmap': return new WeakMap()
      case 'set': return new Set()
    }
    return metadata.value
  }

  // fromMetadata makes the mock of what getMetadata described.
  function fromMetadata(metadata) {
    const refs = {}
    const later = []
    const generate = (m) => {
      const mock = component(m)
      if (m.refID !== undefined) refs[m.refID] = mock
      for (const slot of Object.keys(m.members || {})) {
        const inner = m.members[slot]
        if (inner.ref !== undefined) {
          later.push(() => { mock[slot] = refs[inner.ref] })
        } else {
          mock[slot] = generate(inner)
        }
      }
      if (m.type === 'function' && core.isObject(mock.prototype)) mock.prototype.constructor = mock
      return mock
    }
    const mock = generate(metadata)
    later.forEach((set) => set())
    return mock
  }

  // automocker describes a module's exports once, and returns a function that makes mocks of them.
  function automocker(exports) {
    const metadata = getMetadata(exports)
    const esModule = !!(exports && exports.__esModule)
    return () => {
      const mock = fromMetadata(metadata)
      if (esModule) Object.defineProperty(mock, '__esModule', { value: true, enumerable: false, configurable: true })
      return mock
    }
  }

  Object.assign(core, {
    fn, spyOn, replaceProperty, automocker,
    clearAllMocks() { states = new WeakMap() },
    resetAllMocks() { states = new WeakMap(); configs = new WeakMap() },
    restoreAllMocks() { for (const restore of [...restores]) restore(); restores.clear() },
    isMockFunction: (v) => v != null && v._isMockFunction === true,
  })
})
