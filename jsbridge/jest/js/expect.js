// expect: matchers bound to a value, and what a test must have asserted.
(function (core) {
  const { Promise } = core

  // state is what matchers find in this and tests with expect.getState.
  core.state = { assertionCalls: 0, numPassingAsserts: 0, suppressedErrors: [], expectedAssertionsNumber: null, isExpectingAssertions: false, customTesters: [], currentTestName: undefined, expand: false, testPath: undefined }

  class JestAssertionError extends Error {}

  core.matcherContext = (more) => ({
    ...core.state, equals: core.equals, utils: core.utils, customTesters: core.state.customTesters, dontThrow() {}, ...more,
  })

  function checkResult(result) {
    const fine = typeof result === 'object' && result !== null && typeof result.pass === 'boolean' && (!result.message || typeof result.message === 'string' || typeof result.message === 'function')
    if (!fine) {
      throw new Error(`Unexpected return from a matcher function.\nMatcher functions should return an object in the following format:\n  {message?: string | function, pass: boolean}\n'${core.stringify(result)}' was returned`)
    }
  }

  // run calls a matcher and throws if it says no; with error, that is what is thrown.
  function run(matcher, received, args, { isNot, promise, error }) {
    let throwing = true
    const self = core.matcherContext({ isNot, promise, error, dontThrow() { throwing = false } })
    const judge = (result, late) => {
      checkResult(result)
      core.state.assertionCalls++
      if (result.pass !== isNot) {
        core.state.numPassingAsserts++
        return
      }
      const message = (typeof result.message === 'function' ? result.message() : result.message) || 'No message was specified for this matcher.'
      const failure = error || late || new JestAssertionError(message)
      failure.message = message
      failure.matcherResult = { ...result, message }
      if (throwing) throw failure
      core.state.suppressedErrors.push(failure)
    }
    const result = matcher.call(self, received, ...args)
    if (!core.isPromise(result)) return judge(result)
    const late = new JestAssertionError()
    return result.then((r) => judge(r, late))
  }

  const hintFor = (name, isNot, promise) => core.matcherHint(name, undefined, '', { isNot, promise })

  function resolved(name, e, args) {
    const { actual, isNot, made } = e
    if (!core.isPromise(actual)) {
      throw new JestAssertionError(core.matcherError(hintFor(name, isNot, 'resolves'), 'received value must be a promise', core.printWithType('Received', actual, core.printReceived)))
    }
    const error = new JestAssertionError()
    return actual.then(
      (v) => run(core.promiseMatcher(name), v, args, { isNot, promise: 'resolves', error }),
      (reason) => {
        made.message = `${hintFor(name, isNot, 'resolves')}\n\nReceived promise rejected instead of resolved\nRejected to value: ${core.printReceived(reason)}`
        return Promise.reject(made)
      },
    )
  }

  function rejected(name, e, args) {
    const { isNot, made } = e
    const actual = typeof e.actual === 'function' ? e.actual() : e.actual
    if (!core.isPromise(actual)) {
      throw new JestAssertionError(core.matcherError(hintFor(name, isNot, 'rejects'), 'received value must be a promise or a function returning a promise', core.printWithType('Received', e.actual, core.printReceived)))
    }
    const error = new JestAssertionError()
    return actual.then(
      (v) => {
        made.message = `${hintFor(name, isNot, 'rejects')}\n\nReceived promise resolved instead of rejected\nResolved to value: ${core.printReceived(v)}`
        return Promise.reject(made)
      },
      (reason) => run(core.promiseMatcher(name), core.reworded(reason, args[0]), args, { isNot, promise: 'rejects', error }),
    )
  }

  // promiseMatcher is the form of a matcher behind resolves and rejects.
  core.promiseMatcher = function (name) {
    const matcher = core.matchers[name]
    if (!/^toThrowErrorMatching(Inline)?Snapshot$/.test(name)) return matcher
    return function (received, sample) { return matcher.call(this, received, sample, true) }
  }

  const direct = (name, e, args) => run(core.matchers[name], e.actual, args, { isNot: e.isNot, promise: '' })

  // The matchers of an expectation are methods of three prototypes, one for each way to call them.
  const prototypes = [[{}, direct], [{}, resolved], [{}, rejected]]
  const [plain, ofResolved, ofRejected] = prototypes.map(([prototype]) => prototype)
  const make = (prototype, actual, isNot, made) => Object.create(prototype, { state: { value: { actual, isNot, made } } })
  for (const [prototype] of prototypes) {
    Object.defineProperty(prototype, 'not', { get() { return make(prototype, this.state.actual, true, this.state.made) } })
  }
  Object.defineProperty(plain, 'resolves', { get() { return make(ofResolved, this.state.actual, this.state.isNot, new JestAssertionError()) } })
  Object.defineProperty(plain, 'rejects', { get() { return make(ofRejected, this.state.actual, this.state.isNot, new JestAssertionError()) } })

  function install(name) {
    for (const [prototype, call] of prototypes) {
      prototype[name] = function (...args) { return call(name, this.state, args) }
    }
  }

  function expect(actual, ...rest) {
    if (rest.length !== 0) throw new Error('Expect takes at most one argument.')
    return make(plain, actual, false)
  }

  // custom makes the asymmetric form of a matcher that a test defined.
  const custom = (name, matcher, inverse) => (...sample) => {
    const made = new core.AsymmetricMatcher(sample, inverse)
    return Object.assign(Object.create({
      asymmetricMatch(other) {
        const { pass } = matcher.call(this.getMatcherContext(), other, ...this.sample)
        return this.inverse ? !pass : pass
      },
      getMatcherContext: made.getMatcherContext,
      toString() { return `${this.inverse ? 'not.' : ''}${name}` },
      getExpectedType() { return 'any' },
      toAsymmetricMatcher() { return `${this.toString()}<${this.sample.map((s) => core.stringify(s)).join(', ')}>` },
    }), made)
  }

  expect.extend = function (matchers) {
    for (const name of Object.keys(matchers)) {
      const matcher = matchers[name]
      if (typeof matcher !== 'function') {
        throw new TypeError(`expect.extend: \`${name}\` is not a valid matcher. Must be a function, is "${core.type(matcher)}"`)
      }
      core.matchers[name] = matcher
      install(name)
      Object.defineProperty(expect, name, { configurable: true, enumerable: true, value: custom(name, matcher, false), writable: true })
      Object.defineProperty(expect.not, name, { configurable: true, enumerable: true, value: custom(name, matcher, true), writable: true })
    }
  }
  const { not, ...asymmetrics } = core.asymmetrics
  Object.assign(expect, asymmetrics, { not: { ...not } })
  expect.addEqualityTesters = (testers) => {
    if (!Array.isArray(testers)) throw new TypeError(`expect.customEqualityTesters: Must be set to an array of Testers. Was given "${core.type(testers)}"`)
    core.state.customTesters.push(...testers)
  }
  expect.assertions = (n) => {
    core.state.expectedAssertionsNumber = n
    core.state.assertionsError = new Error()
  }
  expect.hasAssertions = (...args) => {
    if (args[0] !== undefined) throw new Error(core.matcherError(core.matcherHint('.hasAssertions', '', ''), 'this matcher must not have an expected argument', core.printWithType('Expected', args[0], core.printExpected)))
    core.state.isExpectingAssertions = true
    core.state.assertionsError = new Error()
  }
  expect.getState = () => core.state
  expect.setState = (more) => { Object.assign(core.state, more) }
  expect.addSnapshotSerializer = (plugin) => { core.snapshotPlugins.unshift(plugin) }

  // Packages that add to Jest find its state and matchers by a symbol.
  Object.defineProperty(globalThis, Symbol.for('$$jest-matchers-object'), {
    value: { state: core.state, matchers: core.matchers, customEqualityTesters: core.state.customTesters },
  })

  // installMatchers makes methods of the matchers that are there.
  core.installMatchers = () => Object.keys(core.matchers).forEach(install)

  // beginAssertions forgets what the test before asserted.
  core.beginAssertions = (testName) => {
    Object.assign(core.state, { assertionCalls: 0, numPassingAsserts: 0, suppressedErrors: [], expectedAssertionsNumber: null, isExpectingAssertions: false, assertionsError: null, currentTestName: testName })
  }

  // assertionErrors lists what is wrong with the number of assertions of a test that has run.
  core.assertionErrors = function () {
    const { assertionCalls, expectedAssertionsNumber: wanted, isExpectingAssertions, assertionsError, suppressedErrors } = core.state
    const errors = [...suppressedErrors]
    const fail = (message) => {
      assertionsError.message = message
      errors.push(assertionsError)
    }
    if (typeof wanted === 'number' && assertionCalls !== wanted) {
      fail(`${core.matcherHint('.assertions', '', String(wanted), { isDirectExpectCall: true })}\n\nExpected ${core.plural('assertion', wanted)} to be called but received ${core.plural('assertion call', assertionCalls)}.`)
    }
    if (isExpectingAssertions && assertionCalls === 0) {
      fail(`${core.matcherHint('.hasAssertions', '', '', { isDirectExpectCall: true })}\n\nExpected at least one assertion to be called but received none.`)
    }
    return errors
  }
  core.expect = expect
})
