// Modules: require with mocks, and the object jest.
(function (core) {
  const { native } = core
  const makeRegistry = () => ({ modules: new Map(), mocks: new Map() })
  let registry = makeRegistry()
  let isolated = null
  const factories = new Map() // module id -> factory
  const explicit = new Map()  // module id -> whether it is mocked
  let automocking = !!core.config.automock
  const automockers = new Map() // module id -> what makes its automatic mock
  const builtins = new Map()
  let mocking = null // the manual mock that is being loaded

  const interop = {
    __toESM(mod) {
      if (mod && (mod.__esModule || core.own(Object(mod), 'default') && mod.default === mod && builtinValues.has(mod))) return mod
      const namespace = {}
      if (mod !== null && (typeof mod === 'object' || typeof mod === 'function')) {
        for (const key of Object.getOwnPropertyNames(mod)) {
          if (key === 'default') continue
          const descriptor = Object.getOwnPropertyDescriptor(mod, key)
          if (descriptor.enumerable) Object.defineProperty(namespace, key, { get: () => mod[key], set: (v) => { Object.defineProperty(namespace, key, { value: v, writable: true, enumerable: true, configurable: true }) }, enumerable: true, configurable: true })
        }
      }
      Object.defineProperty(namespace, 'default', { value: mod, writable: true, enumerable: true, configurable: true })
      return namespace
    },
    __toCommonJS: (exports) => Object.defineProperty(exports, '__esModule', { value: true }),
    __export(target, all) {
      for (const name of Object.keys(all)) {
        Object.defineProperty(target, name, {
          get: all[name],
          set(v) { Object.defineProperty(target, name, { value: v, writable: true, enumerable: true, configurable: true }) },
          enumerable: true, configurable: true,
        })
      }
    },
    __reExport(target, mod, second) {
      for (const to of [target, second]) {
        if (!to || mod === null || (typeof mod !== 'object' && typeof mod !== 'function')) continue
        for (const key of Object.getOwnPropertyNames(mod)) {
          if (key === 'default' || core.own(to, key)) continue
          Object.defineProperty(to, key, { get: () => mod[key], set(v) { Object.defineProperty(to, key, { value: v, writable: true, enumerable: true, configurable: true }) }, enumerable: Object.getOwnPropertyDescriptor(mod, key).enumerable, configurable: true })
        }
      }
      return target
    },
  }
  const builtinValues = new Set()

  // idOf names what spec means in file from: "core:fs", "file:src/a.js", "virtual:...".
  const idOf = (from, spec) => native.resolve(from, spec)

  // advice says what may help to find a module.
  function advice(from, spec) {
    if (/^\.{0,2}(\/|$)/.test(spec)) {
      return native.join(from, spec).startsWith('../') ? '\n\nIt is outside the directory that is tested: test one that holds both.' : ''
    }
    const name = /^(@[\w.~-]+\/)?[a-z0-9_][\w.~-]*/i.exec(spec)
    if (name) return `\n\nIt is not installed: npm install ${name[0]}, or npm install for all that package.json lists.`
    return `\n\nIf it is an alias, moduleNameMapper in Jest's configuration must say what it means.`
  }

  function notFound(from, spec) {
    const error = new Error(`Cannot find module '${spec}' from '${from}'${advice(from, spec)}`)
    error.code = 'MODULE_NOT_FOUND'
    return error
  }

  function builtin(name) {
    if (builtins.has(name)) return builtins.get(name)
    const own = core.ownModules[name]
    const exports = own ? own() : native.provides(name) ? native.builtin(name) : core.absent(name)
    if (exports !== null && (typeof exports === 'object' || typeof exports === 'function')) {
      if (exports.default === undefined) Object.defineProperty(exports, 'default', { value: exports, writable: true, configurable: true })
      builtinValues.add(exports)
    }
    builtins.set(name, exports)
    return exports
  }

  core.builtin = builtin

  const provided = (id) => /^(core|package):/.test(id)
  const nameOf = (id) => id.slice(id.indexOf(':') + 1)
  const dirname = (file) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.')

  function requireActual(from, spec) {
    const id = idOf(from, spec)
    if (provided(id)) return builtin(nameOf(id))
    if (id === '') throw notFound(from, spec)
    return loadFile(id.slice(5), isolated && isolated.modules.has(id) ? isolated.modules : (isolated || registry).modules, id)
  }

  function loadFile(file, modules, id) {
    if (modules.has(id)) return modules.get(id).exports
    const module = { exports: {}, id: native.absolute(file), filename: native.absolute(file), path: native.absolute(dirname(file)), loaded: false, children: [], paths: [] }
    modules.set(id, module)
    try {
      run(file, module)
    } catch (e) {
      modules.delete(id)
      throw e
    }
    module.loaded = true
    return module.exports
  }

  function run(file, module) {
    const body = native.module(file)
    if (typeof body !== 'function') {
      module.exports = body
      return
    }
    module.require = requireFrom(file)
    body.call(module.exports, module.exports, module.require, module, module.filename, module.path, jestFor(file), core.reworded,
      interop.__toESM, interop.__toCommonJS, interop.__export, interop.__reExport)
  }

  function requireMock(from, spec) {
    const id = keyOf(from, spec)
    const mocks = isolated && isolated.mocks.has(id) ? isolated.mocks : (isolated || registry).mocks
    if (mocks.has(id)) return mocks.get(id)
    let exports
    if (factories.has(id)) {
      exports = factories.get(id)()
    } else {
      const manual = native.manualMock(from, spec)
      if (manual) exports = loadManual(manual)
      else exports = automocked(from, spec)
    }
    mocks.set(id, exports)
    return exports
  }

  function loadManual(file) {
    const before = mocking
    mocking = file
    try {
      return loadFile(file, new Map(), 'file:' + file)
    } finally {
      mocking = before
    }
  }

  // automocked is a mock of what a module exports. The module is loaded once for that; to itself, in a
  // circle of imports, it is empty.
  function automocked(from, spec) {
    const id = keyOf(from, spec)
    if (automockers.has(id)) return automockers.get(id)()
    automockers.set(id, () => ({}))
    const before = { registry, isolated }
    registry = makeRegistry()
    isolated = null
    try {
      automockers.set(id, core.automocker(requireActual(from, spec)))
    } catch (e) {
      automockers.delete(id)
      throw e
    } finally {
      registry = before.registry
      isolated = before.isolated
    }
    return automockers.get(id)()
  }

  // keyOf is the id of a module, also of one that does not exist.
  const keyOf = (from, spec) => idOf(from, spec) || `virtual:${/^\.{0,2}\//.test(spec) ? native.join(from, spec) : spec}`

  function shouldMock(from, spec, id) {
    if (explicit.has(id)) return explicit.get(id)
    if (automocking && id.startsWith('file:') && !id.includes('node_modules/')) return !core.config.unmocked(id)
    return false
  }

  const requireFrom = (file) => {
    const require = (spec) => requireModule(file, String(spec))
    require.resolve = (spec) => {
      const id = idOf(file, String(spec))
      if (id === '') throw notFound(file, spec)
      return provided(id) ? nameOf(id) : native.absolute(nameOf(id))
    }
    require.cache = Object.create(null)
    require.requireActual = (spec) => requireActual(file, spec)
    require.main = undefined
    return require
  }

  function requireModule(from, spec) {
    if (spec === '@jest/globals') return { ...core.testGlobals, jest: jestFor(from) }
    if (spec === 'jest') return { ...core.testGlobals, jest: jestFor(from), default: jestFor(from), __esModule: true }
    const id = keyOf(from, spec)
    if (shouldMock(from, spec, id)) return requireMock(from, spec)
    const manual = !/^\.{0,2}\//.test(spec) && !id.startsWith('core:') && explicit.get(id) !== false ? native.packageMock(spec) : ''
    if (manual && manual !== mocking) return requireMock(from, spec)
    return requireActual(from, spec)
  }

  const objects = new Map()
  function jestFor(file) {
    if (objects.has(file)) return objects.get(file)
    const self = () => jest
    const mark = (spec, mocked) => { explicit.set(keyOf(file, spec), mocked); return jest }
    const mock = (spec, factory, options) => {
      const id = keyOf(file, spec)
      if (factory !== undefined && typeof factory !== 'function') throw new Error('jest.mock: the second argument must be a function')
      const exists = !id.startsWith('virtual:') || (options && options.virtual) || (factory === undefined && native.manualMock(file, spec))
      if (!exists) throw notFound(file, spec)
      if (factory !== undefined) factories.set(id, factory)
      explicit.set(id, true)
      return jest
    }
    const jest = {
      fn: core.fn,
      spyOn: core.spyOn,
      replaceProperty: core.replaceProperty,
      mocked: (v) => v,
      isMockFunction: core.isMockFunction,
      clearAllMocks() { core.clearAllMocks(); return jest },
      resetAllMocks() { core.resetAllMocks(); return jest },
      restoreAllMocks() { core.restoreAllMocks(); return jest },
      mock, doMock: mock,
      setMock: (spec, exports) => mock(spec, () => exports),
      unmock: (spec) => mark(spec, false),
      dontMock: (spec) => mark(spec, false),
      deepUnmock: (spec) => mark(spec, false),
      enableAutomock() { automocking = true; return jest },
      disableAutomock() { automocking = false; return jest },
      autoMockOn() { automocking = true; return jest },
      autoMockOff() { automocking = false; return jest },
      requireActual: (spec) => requireActual(file, spec),
      requireMock: (spec) => requireMock(file, spec),
      createMockFromModule: (spec) => automocked(file, spec),
      genMockFromModule: (spec) => automocked(file, spec),
      resetModules() {
        registry = makeRegistry()
        isolated = null
        return jest
      },
      isolateModules(f) {
        isolated = makeRegistry()
        try {
          f()
        } finally {
          isolated = null
        }
        return jest
      },
      async isolateModulesAsync(f) {
        isolated = makeRegistry()
        try {
          await f()
        } finally {
          isolated = null
        }
      },
      setTimeout(ms) { core.setTimeout(ms); return jest },
      retryTimes(n) { core.retryTimes(n); return jest },
      getSeed: () => 0,
      isEnvironmentTornDown: () => false,
      ...core.timerFunctions(self),
    }
    objects.set(file, jest)
    return jest
  }

  core.requireFile = (file) => loadFile(file, registry.modules, 'file:' + file)
  // requireConfig returns the configuration that a file exports, as JSON, or a promise of it.
  core.requireConfig = async (file) => {
    const exports = core.requireFile(file)
    const config = exports && exports.default !== undefined ? exports.default : exports
    return JSON.stringify(typeof config === 'function' ? await config() : config)
  }
  core.jest = jestFor('jest')
  core.jestFor = jestFor
})
