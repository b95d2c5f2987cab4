// describe, test and the hooks: how a file's tests are collected, and the order in which all runs.
(function (core) {
  const { native, Promise } = core
  const makeBlock = (name, parent, mode) => ({ type: 'describe', name, parent, mode, children: [], hooks: [] })
  const root = makeBlock('ROOT', undefined, undefined)
  let current = root
  let focused = false
  let running = null // the test that runs
  let started = false
  let retryTimes = 0
  let timeout = core.config.testTimeout || 5000
  const unhandled = []
  let defined = 0 // tests

  // Thrown is a value that is no Error, with an Error that was made where the test or hook stands.
  class Thrown {
    constructor(value, place) { Object.assign(this, { value, place }) }
  }
  const caught = (e, place) => (core.isError(e) ? e : new Thrown(e, place))
  const told = (v) => (core.isObject(v) && typeof v.message === 'string' ? v.message : `thrown: ${core.format(v, { maxDepth: 3 })}`)
  core.failure = (e) => (e instanceof Thrown ? native.failure(e.place, told(e.value)) : native.failure(e))

  core.titleOf = function (title) {
    if (typeof title === 'function') return title.name
    if (['string', 'number', 'undefined'].includes(typeof title)) return String(title)
    throw new Error(`Invalid first argument, ${core.stringify(title)}. It must be a named class, named function, number, or string.`)
  }

  function describe(mode) {
    return function (title, body) {
      const name = core.titleOf(title)
      if (body === undefined) throw new Error('Missing second argument. It must be a callback function.')
      if (typeof body !== 'function') throw new Error(`Invalid second argument, ${core.stringify(body)}. It must be a callback function.`)
      if (started) throw new Error(running ? `Cannot nest a describe inside a test. Describe block "${name}" cannot run because it is nested within "${running.name}".` : 'Cannot add a describe block after tests have started running. Describe blocks must be defined synchronously.')
      const block = makeBlock(name, current, mode || current.mode)
      current.children.push(block)
      current = block
      try {
        const returned = body()
        if (core.isPromise(returned)) throw new Error('Returning a Promise from "describe" is not supported. Tests must be defined synchronously.')
        if (returned !== undefined) throw new Error('A "describe" callback must not return a value.')
      } finally {
        endBlock(block)
        current = block.parent
      }
    }
  }

  function endBlock(block) {
    const tests = block.children.filter((child) => child.type === 'test')
    const single = block.mode === 'only' && tests.some((t) => t.mode === 'only')
    if (!single) for (const t of tests) if (!t.mode) t.mode = block.mode
    if (block.mode !== 'skip' && tests.some((t) => t.mode === 'only')) focused = true
  }

  function addTest(title, f, ms, more) {
    const name = core.titleOf(title)
    if (more.mode !== 'todo') {
      if (f === undefined) throw new Error('Missing second argument. It must be a callback function. Perhaps you want to use `test.todo` for a test placeholder.')
      if (typeof f !== 'function') throw new Error(`Invalid second argument, ${core.stringify(f)}. It must be a callback function.`)
    }
    if (started) throw new Error(running ? `Tests cannot be nested. Test "${name}" cannot run because it is nested within "${running.name}".` : 'Cannot add a test after tests have started running. Tests must be defined synchronously.')
    if (more.mode === 'only') focused = true
    const test = { type: 'test', number: defined++, name, parent: current, f, ms, errors: [], place: new Error(), ...more }
    current.children.push(test)
  }

  const adder = (more) => function (title, f, ms) { addTest(title, f, ms, more) }

  function withEach(define, withDone) {
    define.each = core.each(define, withDone)
    return define
  }
  const variant = (more) => withEach(adder(more), true)
  const failing = (more) => withEach(adder({ ...more, failing: true }), true)

  const test = variant({})
  test.only = variant({ mode: 'only' })
  test.skip = variant({ mode: 'skip' })
  test.failing = failing({})
  test.only.failing = failing({ mode: 'only' })
  test.skip.failing = failing({ mode: 'skip' })
  test.concurrent = variant({ concurrent: true })
  test.concurrent.only = variant({ concurrent: true, mode: 'only' })
  test.concurrent.skip = variant({ concurrent: true, mode: 'skip' })
  test.concurrent.failing = failing({ concurrent: true })
  test.todo = function (title, ...rest) {
    if (rest.length > 0 || typeof title !== 'string') throw new Error('Todo must be called with only a description.')
    addTest(title, undefined, undefined, { mode: 'todo' })
  }
  const describeAll = withEach(describe(undefined), false)
  describeAll.only = withEach(describe('only'), false)
  describeAll.skip = withEach(describe('skip'), false)

  const hook = (type) => function (f, ms) {
    if (f === undefined || typeof f !== 'function') throw new Error('Invalid first argument. It must be a callback function.')
    if (started) throw new Error(running ? `Hooks cannot be defined inside tests. Hook of type "${type}" is nested within "${running.name}".` : 'Cannot add a hook after tests have started running. Hooks must be defined synchronously.')
    current.hooks.push({ type, f, ms, place: new Error() })
  }

  core.testGlobals = {
    test, it: test, describe: describeAll,
    xtest: test.skip, xit: test.skip, fit: test.only, xdescribe: describeAll.skip, fdescribe: describeAll.only,
    beforeAll: hook('beforeAll'), afterAll: hook('afterAll'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach'),
    expect: core.expect,
  }
  core.setTimeout = (ms) => { timeout = ms }
  core.retryTimes = (n) => { retryTimes = n }

  // titles are the names from the outermost block to a test.
  function titles(t) {
    const names = [t.name]
    for (let block = t.parent; block && block !== root; block = block.parent) names.unshift(block.name)
    return names
  }

  const skipped = (t, parentSkipped) => parentSkipped || t.mode === 'skip' || (focused && t.mode === undefined) || !native.selects(titles(t))
  const enabled = (block) => block.children.some((child) => (child.type === 'describe' ? enabled(child) : !(child.mode === 'skip' || (focused && child.mode !== 'only') || !native.selects(titles(child)))))

  // call runs a test or a hook until it has settled or its time is up.
  function call(f, ms, isHook, context) {
    const takesDone = f.length > 0
    return new Promise((resolve, reject) => {
      const site = new Error()
      const stop = core.wait(() => reject(`Exceeded timeout of ${ms} ms for a ${isHook ? 'hook' : 'test'}${takesDone ? ' while waiting for `done()` to be called' : ''}.\nAdd a timeout value to this test to increase the timeout, if this is a long-running test. See https://jestjs.io/docs/api#testname-fn-timeout.`), ms)
      const end = (settle) => (v) => { stop(); settle(v) }
      if (takesDone) return callWithDone(f, context, end(resolve), end(reject), isHook)
      let returned
      try {
        returned = f.call(context)
      } catch (e) {
        return end(reject)(e)
      }
      if (core.isPromise(returned)) return returned.then(() => end(resolve)(), end(reject))
      if (isGenerator(returned)) return drive(returned).then(() => end(resolve)(), end(reject))
      if (!isHook && returned !== undefined) {
        site.message = `test functions can only return Promise or undefined.\nReturned value: ${core.format(returned, { maxDepth: 3 })}`
        return end(reject)(site)
      }
      return end(resolve)()
    })
  }

  const isGenerator = (v) => core.isObject(v) && typeof v.next === 'function' && typeof v.throw === 'function'
  async function drive(generator) {
    for (let step = generator.next(); ;) {
      if (step.done) return step.value
      let v
      try {
        v = await step.value
      } catch (e) {
        step = generator.throw(e)
        continue
      }
      step = generator.next(v)
    }
  }

  function callWithDone(f, context, resolve, reject) {
    let returned
    let called = false
    const done = (reason) => {
      const twice = new Error('Expected done to be called once, but it was called multiple times.')
      if (called) {
        fail(reason ? new Error(`${twice.message} Reason: ${core.format(reason, { maxDepth: 3 })}`) : twice)
        return
      }
      called = true
      core.Promise.resolve().then(() => {
        if (returned !== undefined) return reject(bothWays(returned))
        if (!reason) return resolve()
        return reject(core.isError(reason) ? reason : new Error(`Failed: ${core.format(reason, { maxDepth: 3 })}`))
      })
    }
    done.fail = (reason) => done(reason || 'failed')
    try {
      returned = f.call(context, done)
    } catch (e) {
      return reject(e)
    }
    if (core.isPromise(returned)) {
      const both = bothWays(returned)
      returned.then(() => reject(both), reject)
    }
  }
  const bothWays = (returned) => new Error(`Test functions cannot both take a 'done' callback and return something. Either use a 'done' callback, or return a promise.\nReturned value: ${core.format(returned, { maxDepth: 3 })}`)

  // fail notes an error that no call reported: a rejection that nobody handles, a timer that threw.
  function fail(thrown) {
    const error = caught(thrown, running ? running.place : new Error())
    if (running) running.errors.push(error)
    else unhandled.push(error)
  }
  core.fail = fail

  // turn lets the host look for rejections that nobody handles.
  const turn = () => new Promise((resolve) => native.turn(resolve))

  async function runHook(h, t, block, context) {
    try {
      await call(h.f, h.ms === undefined ? timeout : h.ms, true, context)
    } catch (thrown) {
      const e = caught(thrown, h.place)
      if (h.type === 'beforeAll') failAll(block, e)
      else if (h.type === 'afterAll') unhandled.push(e)
      else t.errors.push(e)
    }
  }

  function failAll(block, e) {
    for (const child of block.children) {
      if (child.type === 'describe') failAll(child, e)
      else child.errors.push(e)
    }
  }

  function eachHooks(t) {
    let before = []
    const after = []
    for (let block = t.parent; block; block = block.parent) {
      before = [...block.hooks.filter((h) => h.type === 'beforeEach'), ...before]
      after.push(...block.hooks.filter((h) => h.type === 'afterEach'))
    }
    return { before, after }
  }

  function report(t, status, took, errors = t.errors.map((e) => core.failure(e))) {
    native.result({ titles: titles(t), status, errors, site: native.site(t.place), took })
  }

  async function runTest(t, parentSkipped) {
    const name = titles(t).join(' ')
    if (skipped(t, parentSkipped)) {
      core.keepSnapshots(name)
      return report(t, 'skipped', 0)
    }
    if (t.mode === 'todo') return report(t, 'todo', 0)
    const exhausted = native.begins(t.number)
    if (exhausted) return report(t, 'failed', 0, [exhausted])
    const before = native.now()
    const blamed = t.errors.slice()
    for (let attempt = 0; attempt <= retryTimes; attempt++) {
      t.errors = blamed.slice()
      await attemptTest(t, name, {})
      if (t.errors.length === 0) break
    }
    native.ends()
    report(t, t.errors.length > 0 ? 'failed' : 'passed', native.now() - before)
  }

  async function attemptTest(t, name, context) {
    const { config } = core
    if (config.clearMocks) core.clearAllMocks()
    if (config.resetMocks) core.resetAllMocks()
    if (config.restoreMocks) core.restoreAllMocks()
    if (config.resetModules) core.jest.resetModules()
    running = t
    core.beginAssertions(name)
    const { before, after } = eachHooks(t)
    for (const h of before) {
      if (t.errors.length > 0) break
      await runHook(h, t, undefined, context)
    }
    if (t.errors.length === 0) await runBody(t, context)
    for (const h of after) await runHook(h, t, undefined, context)
    await turn()
    running = null
  }

  async function runBody(t, context) {
    const errors = []
    try {
      await call(t.f, t.ms === undefined ? timeout : t.ms, false, context)
      await turn()
    } catch (e) {
      errors.push(caught(e, t.place))
    }
    errors.push(...core.assertionErrors())
    if (!t.failing) {
      t.errors.push(...errors)
      return
    }
    errors.push(...t.errors.splice(0))
    if (errors.length === 0) t.errors.push(new Error('Failing test passed even though it was supposed to fail. Remove `.failing` to remove error.'))
  }

  async function runBlock(block, parentSkipped) {
    const off = parentSkipped || block.mode === 'skip'
    const active = !off && enabled(block)
    if (active) for (const h of block.hooks) if (h.type === 'beforeAll') await runHook(h, undefined, block, undefined)
    if (block === root) startConcurrent(block)
    for (const child of block.children) {
      if (child.type === 'describe') await runBlock(child, off)
      else await runTest(child, off)
    }
    if (active) for (const h of block.hooks) if (h.type === 'afterAll') await runHook(h, undefined, block, undefined)
  }

  // startConcurrent starts the concurrent tests; each is awaited when its turn comes.
  function startConcurrent(block) {
    for (const child of block.children) {
      if (child.type === 'describe') {
        if (child.mode !== 'skip') startConcurrent(child)
        continue
      }
      if (!child.concurrent || skipped(child, false)) continue
      const { f } = child
      let promise
      try {
        promise = Promise.resolve(f())
      } catch (e) {
        promise = Promise.reject(e)
      }
      promise.catch(() => {})
      child.f = () => promise
    }
  }

  // run runs all that was collected. Its promise is never rejected.
  core.run = async function () {
    endBlock(root)
    started = true
    if (root.children.length === 0) throw new Error('Your test suite must contain at least one test.')
    await runBlock(root, false)
    await turn()
    core.endTimers()
    return { unhandled: unhandled.map((e) => core.failure(e)), snapshots: core.closeSnapshots() }
  }
})
