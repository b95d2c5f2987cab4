// The modules that tests have and plugins have not, and the console.
(function (core) {
  const { native } = core
  const util = native.builtin('util')
  core.formatText = util.format

  let depth = ''
  const counters = new Map()
  const timers = new Map()
  const say = (level) => (...args) => { native.log(level, depth + util.format(...args).replace(/\n/g, '\n' + depth)) }
  const log = say('log')
  const console = {
    log, info: say('info'), debug: say('debug'), warn: say('warn'), error: say('error'),
    dir: (v) => log(util.inspect(v)),
    dirxml: (...args) => log(...args),
    table: (v) => log(v),
    trace: say('trace'),
    assert(ok, ...args) { if (!ok) say('assert')('Assertion failed' + (args.length > 0 ? ': ' + util.format(...args) : '')) },
    count(label = 'default') {
      counters.set(label, (counters.get(label) || 0) + 1)
      log(`${label}: ${counters.get(label)}`)
    },
    countReset(label = 'default') { counters.delete(label) },
    group(...args) { if (args.length > 0) log(...args); depth += '  ' },
    groupCollapsed(...args) { console.group(...args) },
    groupEnd() { depth = depth.slice(2) },
    time(label = 'default') { timers.set(label, core.Date.now()) },
    timeEnd(label = 'default') { if (timers.has(label)) log(`${label}: ${core.Date.now() - timers.get(label)} ms`); timers.delete(label) },
    timeLog(label = 'default', ...args) { if (timers.has(label)) log(`${label}: ${core.Date.now() - timers.get(label)} ms`, ...args) },
    clear() {},
  }
  for (const [name, value] of Object.entries({ console, jest: undefined })) {
    if (value !== undefined) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  }
  native.builtin('@posthog/plugin-scaffold') // it takes RetryError from the globals
  delete globalThis.posthog
  delete globalThis.RetryError
  const realProcess = globalThis.process
  realProcess.cwd = () => native.absolute('.')
  realProcess.env.NODE_ENV = 'test'
  realProcess.env.JEST_WORKER_ID = '1'
  realProcess.exit = (code) => { throw new Error(`process.exit called with "${code === undefined ? 0 : code}"`) }
  if (!realProcess.stdout) {
    const stream = (level) => ({ write(text) { native.log(level, String(text).replace(/\n$/, '')); return true }, isTTY: false, columns: 80 })
    realProcess.stdout = stream('log')
    realProcess.stderr = stream('error')
  }

  // Relative paths are relative to the root.
  const path = native.builtin('path')
  const { resolve, relative } = path
  path.resolve = (...parts) => resolve(native.absolute('.'), ...parts)
  path.relative = (from, to) => relative(path.resolve(from), path.resolve(to))

  // scaffold is @posthog/plugin-scaffold/test/utils. Its events have the members of the original's, in
  // their order.
  function scaffold() {
    const createCache = () => {
      const map = {}
      return {
        set(key, value) { map[key] = value },
        get(key, fallback) { return core.Promise.resolve(map[key] === undefined ? fallback : map[key]) },
      }
    }
    const clone = (v) => JSON.parse(JSON.stringify(v))
    const fresh = (meta = {}) => ({ config: {}, cache: createCache(), storage: createCache(), global: {}, attachments: {}, ...meta })
    let current = fresh()
    const createEvent = (changes = {}) => ({
      distinct_id: '007', ip: '127.128.129.130', site_url: 'http://localhost:8000/', team_id: 13, now: '2020-11-26T12:58:57.367Z',
      event: 'EVENT_TYPE', sent_at: '2020-11-26T12:58:58.453Z', timestamp: '2020-11-26T12:58:58.453Z', ...changes,
    })
    return {
      createEvent,
      createPageview: () => createEvent({
        event: '$pageview',
        properties: {
          $os: 'Mac OS X', $lib: 'web', $host: 'localhost:8000', $time: 1606383312.494, token: 'mre13a_SMBv9EwHAtdtTyutyy6AfO00OTPwaalaHPGgKLS', $browser: 'Chrome',
          $user_id: '3erf45reXthrGser675waeHFAsbv4AsadfR', $pathname: '/instance/status', $device_id: '17554768afe5cb-0fc915d2a583cf-166f6152-1ea000-175543686ffdc5', $insert_id: 'hgu2p36uvlc1b9dg',
          distinct_id: 'scbbAqF7uyrMmamV4QBzcA1rrm9wHNISdFweZz-mQ0', $current_url: 'http://localhost:8000/instance/status', $lib_version: '1.7.0-beta.1',
          $screen_width: 1790, $screen_height: 1120, posthog_version: '1.17.0', $browser_version: 86, $initial_referrer: '$direct',
          has_slack_webhook: false, $active_feature_flags: ['navigation-1775', 'session-recording-player'], $initial_referring_domain: '$direct',
        },
      }),
      createIdentify: () => createEvent({
        event: '$identify',
        $set: { $os: 'Mac OS X', email: 'test@posthog.com', $browser: 'Chrome', $browser_version: 86, $initial_referrer: '$direct', $initial_referring_domain: '$direct' },
      }),
      clone, createCache,
      getMeta: () => current,
      resetMeta(meta) {
        current = fresh(meta)
        return current
      },
    }
  }

  // fetchMock is jest-fetch-mock: a mock function fetch that answers what it is told. A request that it is
  // told to leave alone goes to the real fetch.
  function fetchMock() {
    const real = native.builtin('node-fetch')
    const { Response, Headers, Request } = real
    Object.assign(globalThis, { fetch: real, Response, Headers, Request })
    const requestOf = (input, init) => {
      const request = input instanceof Request ? input : new Request(String(input), init)
      if (request.signal && request.signal.aborted) throw aborted()
      return request
    }
    const always = () => true
    const never = () => false
    const matching = (what) => (typeof what === 'function' ? what : what instanceof RegExp ? (r) => what.test(r.url) : (r) => r.url === what)
    const not = (rule) => (request) => !rule(request)
    let rule = always
    let rulesOnce = []
    const isMocking = (input, init) => (rulesOnce.length > 0 ? rulesOnce.shift() : rule)(requestOf(input, init))

    // responseOf is the response that an answer stands for: its text, or a function that makes it of the request.
    const responseOf = async (answer, init, request) => {
      if (typeof answer !== 'function') return new Response(answer, init)
      const made = await answer(request)
      if (request.signal && request.signal.aborted) throw aborted()
      if (made instanceof Response) return made
      if (!core.isObject(made)) return new Response(made, init)
      const own = Object.fromEntries(['status', 'statusText', 'headers', 'url'].filter((name) => name in made).map((name) => [name, made[name]]))
      return new Response(made.body, core.isObject(made.init) ? made.init : { ...init, ...own })
    }
    const answering = (answer, init) => (input, options) => {
      const request = requestOf(input, options)
      return isMocking(request) ? responseOf(answer, init, request) : real(input, options)
    }
    const failing = (e) => (typeof e === 'function' ? e : async () => { throw e })

    const mock = core.fn()
    const answer = (body, init) => mock.mockImplementation(answering(body, init))
    const answerOnce = (body, init) => mock.mockImplementationOnce(answering(body, init))
    // ruled sets which requests are mocked, and what answers them if that is told too.
    const ruled = (next) => (body, init) => { rule = next; return body === undefined ? mock : answer(body, init) }
    const ruledOnce = (next) => (body, init) => { rulesOnce.push(next); return body === undefined ? mock : answerOnce(body, init) }
    const own = {
      Response, Headers, Request, isMocking,
      mockResponse: answer, mockResponseOnce: answerOnce, once: answerOnce,
      mockResponses(...list) { for (const r of list) answerOnce(...(Array.isArray(r) ? r : [r])); return mock },
      mockReject: (e) => mock.mockImplementation(failing(e)),
      mockRejectOnce: (e) => mock.mockImplementationOnce(failing(e)),
      mockAbort: () => mock.mockImplementation(failing(aborted())),
      mockAbortOnce: () => mock.mockImplementationOnce(failing(aborted())),
      doMock: ruled(always), mockOnce: ruledOnce(always), doMockOnce: ruledOnce(always),
      dontMock: () => ruled(never)(), dontMockOnce: () => ruledOnce(never)(),
      mockIf: (what, ...rest) => ruled(matching(what))(...rest),
      dontMockIf: (what, ...rest) => ruled(not(matching(what)))(...rest),
      mockOnceIf: (what, ...rest) => ruledOnce(matching(what))(...rest),
      dontMockOnceIf: (what, ...rest) => ruledOnce(not(matching(what)))(...rest),
      resetMocks() { mock.mockReset(); rulesOnce = []; own.doMock(''); return mock },
      enableMocks() { globalThis.fetch = mock; globalThis.fetchMock = mock; core.jest.setMock('node-fetch', mock); return mock },
      disableMocks() { globalThis.fetch = real; core.jest.dontMock('node-fetch'); return mock },
    }
    Object.assign(mock, own, {
      doMockIf: own.mockIf, doMockOnceIf: own.mockOnceIf, enableFetchMocks: own.enableMocks, disableFetchMocks: own.disableMocks,
      default: mock, fetch: mock,
    })
    Object.defineProperty(mock, '__esModule', { value: true })
    own.doMock('')
    return mock
  }
  function aborted() {
    return new DOMException('The operation was aborted. ', 'AbortError')
  }

  // tsJest is what configurations and suites take from ts-jest.
  function tsJest() {
    const quoted = (text) => text.replace(/[-\\^$*+?.()|[\]{}]/g, '\\$&')
    return {
      // pathsToModuleNameMapper makes a moduleNameMapper of the paths of a tsconfig.
      pathsToModuleNameMapper(paths, { prefix = '' } = {}) {
        const base = prefix === '' || prefix.endsWith('/') ? prefix : prefix + '/'
        const map = {}
        for (const [from, targets] of Object.entries(paths)) {
          const to = targets.map((t) => base + (prefix === '' ? t : t.replace(/^\.\//, '')).replace(/\*/g, '$1'))
          map[`^${from.split('*').map(quoted).join('(.*)')}$`] = to.length === 1 ? to[0] : to
        }
        return map
      },
      mocked: (v) => v,
      createJestPreset: () => ({}), createDefaultPreset: () => ({}), createDefaultEsmPreset: () => ({}), createJsWithTsPreset: () => ({}),
      defaults: {}, defaultsESM: {}, jsWithTs: {}, jsWithTsESM: {}, jsWithBabel: {},
    }
  }
  const jestConfig = () => ({
    defaults: {
      moduleDirectories: ['node_modules'], moduleFileExtensions: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'tsx', 'json', 'node'], moduleNameMapper: {},
      testEnvironment: 'node', testMatch: ['**/__tests__/**/*.[jt]s?(x)', '**/?(*.)+(spec|test).[jt]s?(x)'], testRegex: [], testTimeout: 5000,
      testPathIgnorePatterns: ['/node_modules/'], transformIgnorePatterns: ['/node_modules/', '\\.pnp\\.[^\\/]+$'], transform: {}, globals: {}, setupFiles: [], setupFilesAfterEnv: [],
    },
  })

  const nothing = () => ({})
  const nodeFetch = () => core.builtin('node-fetch')
  core.ownModules = {
    'regenerator-runtime': nothing, 'regenerator-runtime/runtime': nothing, 'core-js': nothing, 'core-js/stable': nothing, '@babel/polyfill': nothing,
    'cross-fetch': nodeFetch, 'isomorphic-fetch': nodeFetch,
    'jest-mock': () => ({ fn: core.fn, spyOn: core.spyOn, replaceProperty: core.replaceProperty, mocked: (v) => v }),
    expect: () => Object.assign(core.expect, { expect: core.expect }),
    fs: () => core.fsModule(), 'fs/promises': () => core.fsModule().promises,
    '@posthog/plugin-scaffold/test/utils': scaffold,
    'jest-fetch-mock': fetchMock,
    'ts-jest': tsJest, 'ts-jest/utils': tsJest, 'ts-jest/presets': tsJest, 'jest-config': jestConfig,
  }
})
