// assert. Source: the documentation of Node's module assert.
(function (native, require) {
  const util = require('util')
  const deepEqual = util.deepEqual
  const isRegExp = util.types.isRegExp

  function show(value) { return util.inspect(value, { depth: 1000, maxArrayLength: Infinity, sorted: true, getters: true, compact: false, customInspect: false, breakLength: Infinity }) }

  const headings = {
    strictEqual: 'Expected values to be strictly equal:',
    deepStrictEqual: 'Expected values to be strictly deep-equal:',
    deepEqual: 'Expected values to be loosely deep-equal:',
    notStrictEqual: 'Expected "actual" to be strictly unequal to:',
    notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
    notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  }

  function simple(value) { return (typeof value !== 'object' || value === null) && typeof value !== 'function' }

  // describe words a failure. heading replaces what the message begins with.
  function describe(operator, actual, expected, heading) {
    const a = show(actual)
    const b = show(expected)
    switch (operator) {
      case '==': case '!=': return `${util.inspect(actual)} ${operator} ${util.inspect(expected)}`
      case 'strictEqual': case 'deepStrictEqual': {
        if (operator === 'strictEqual' && a === b && !simple(actual)) return `Values have same structure but are not reference-equal:\n\n${a}\n`
        heading = heading || headings[operator]
        if (simple(actual) && simple(expected) && !a.includes('\n') && !b.includes('\n') && bare(actual, a) + bare(expected, b) <= 12) return `${heading}\n\n${a} !== ${b}\n`
        return `${heading}\n+ actual - expected\n\n${compared(a.split('\n'), b.split('\n')).join('\n')}`
      }
      case 'deepEqual': return `${headings.deepEqual}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`
      case 'notStrictEqual':
        return simple(expected) ? `${headings.notStrictEqual} ${b}` : `Expected "actual" not to be reference-equal to "expected":\n\n${b}\n`
      case 'notDeepStrictEqual': return headings[operator] + (simple(expected) ? ` ${b}` : `\n\n${b}\n`)
      case 'notDeepEqual': return headings[operator] + (simple(expected) ? ` ${b}` : `\n\n${b}`)
    }
    return 'Failed'
  }
  function bare(value, text) { return typeof value === 'string' ? text.length - 2 : text.length }

  // compared marks the lines that only one text has: those of the actual one with +.
  function compared(a, b) {
    if (a.length * b.length > 1e6) return a.map((line) => '+ ' + line).concat(b.map((line) => '- ' + line))
    const same = (x, y) => x === y || x + ',' === y || x === y + ','
    // common[i][j] is the length of the longest common part of a from i and b from j.
    const common = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0))
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        common[i][j] = same(a[i], b[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1])
      }
    }
    const out = []
    let i = 0
    let j = 0
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && same(a[i], b[j])) {
        out.push('  ' + a[i++])
        j++
      } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
        out.push('+ ' + a[i++])
      } else {
        out.push('- ' + b[j++])
      }
    }
    return out
  }

  // explained adds to a message of the author's what Node adds.
  function explained(message, operator, actual, expected) {
    return operator === 'strictEqual' || operator === 'deepStrictEqual' ? describe(operator, actual, expected, message) : message
  }

  class AssertionError extends Error {
    constructor(options) {
      if (options === null || typeof options !== 'object') throw native.argType('options', 'of type object', options)
      const { message, operator, actual, expected } = options
      super(message === undefined || message === null ? describe(operator, actual, expected) : explained(String(message), operator, actual, expected))
      this.generatedMessage = message === undefined || message === null
      Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true })
      this.code = 'ERR_ASSERTION'
      this.actual = actual
      this.expected = expected
      this.operator = operator
    }
    toString() { return `${this.name} [${this.code}]: ${this.message}` }
  }

  function fail(operator, actual, expected, message, generated) {
    if (message instanceof Error) throw message
    const error = new AssertionError({ message: message === undefined ? generated : message, actual, expected, operator })
    if (message === undefined) error.generatedMessage = true
    throw error
  }

  function check(args, least) {
    if (args.length < least) throw native.error('TypeError', 'ERR_MISSING_ARGS', `The "actual" and "expected" arguments must be specified`)
  }

  function truth(args) {
    if (args.length === 0) return fail('==', undefined, true, undefined, 'No value argument passed to `assert.ok()`')
    if (!args[0]) fail('==', args[0], true, args[1], 'The expression evaluated to a falsy value')
  }
  function assert(...args) { truth(args) }

  // comparison makes an assertion of two values.
  function comparison(operator, holds) {
    return function (actual, expected, message) {
      check(arguments, 2)
      if (!holds(actual, expected)) fail(operator, actual, expected, message)
    }
  }
  const same = (a, b) => a == b || (a !== a && b !== b)
  Object.assign(assert, {
    ok: (...args) => truth(args),
    fail(message) {
      if (message instanceof Error) throw message
      const error = new AssertionError({ message: message === undefined ? 'Failed' : message, operator: 'fail' })
      error.generatedMessage = message === undefined
      throw error
    },
    equal: comparison('==', same),
    notEqual: comparison('!=', (a, b) => !same(a, b)),
    strictEqual: comparison('strictEqual', Object.is),
    notStrictEqual: comparison('notStrictEqual', (a, b) => !Object.is(a, b)),
    deepEqual: comparison('deepEqual', (a, b) => deepEqual(a, b, false)),
    notDeepEqual: comparison('notDeepEqual', (a, b) => !deepEqual(a, b, false)),
    deepStrictEqual: comparison('deepStrictEqual', (a, b) => deepEqual(a, b, true)),
    notDeepStrictEqual: comparison('notDeepStrictEqual', (a, b) => !deepEqual(a, b, true)),
    match(text, pattern, message) { matching(text, pattern, message, true) },
    doesNotMatch(text, pattern, message) { matching(text, pattern, message, false) },
    ifError(value) {
      if (value === null || value === undefined) return
      fail('ifError', value, null, undefined, 'ifError got unwanted exception: ' + (value instanceof Error ? value.message || value.constructor.name : util.inspect(value)))
    },
    throws(f, ...rest) { expectThrow('throws', caught(f), f, rest) },
    doesNotThrow(f, ...rest) { expectNone('doesNotThrow', caught(f), rest) },
    async rejects(f, ...rest) { expectThrow('rejects', await caughtLater(f), f, rest) },
    async doesNotReject(f, ...rest) { expectNone('doesNotReject', await caughtLater(f), rest) },
    AssertionError,
  })

  function matching(text, pattern, message, wanted) {
    if (!isRegExp(pattern)) throw native.argType('regexp', 'an instance of RegExp', pattern)
    if (typeof text === 'string' && pattern.test(text) === wanted) return
    const operator = wanted ? 'match' : 'doesNotMatch'
    const why = typeof text !== 'string'
      ? `The "string" argument must be of type string. Received type ${typeof text} (${util.inspect(text)})`
      : `The input ${wanted ? 'did not match' : 'was expected to not match'} the regular expression ${util.inspect(pattern)}. Input:\n\n${util.inspect(text)}\n`
    fail(operator, text, pattern, message, why)
  }

  function caught(f) {
    if (typeof f !== 'function') throw native.argType('fn', 'of type function', f)
    try { f() } catch (error) { return { error } }
    return null
  }
  async function caughtLater(f) {
    let promise = f
    if (typeof f === 'function') {
      promise = f()
      if (promise === null || typeof promise !== 'object' || typeof promise.then !== 'function') {
        throw native.error('TypeError', 'ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${native.received(promise).replace(' Received ', '')}.`)
      }
    } else if (promise === null || typeof promise !== 'object' || typeof promise.then !== 'function') {
      throw native.argType('promiseFn', 'of type function or an instance of Promise', f)
    }
    try { await promise } catch (error) { return { error } }
    return null
  }

  function expectThrow(operator, result, f, [expected, message]) {
    if (typeof expected === 'string') {
      message = expected
      expected = undefined
    }
    if (result === null) {
      const what = operator === 'rejects' ? 'rejection' : 'exception'
      const name = expected && expected.name ? ` (${expected.name})` : ''
      fail(operator, undefined, expected, undefined, `Missing expected ${what}${name}${message ? ': ' + message : '.'}`)
    }
    if (expected !== undefined) matches(operator, result.error, expected, message)
  }

  // matches checks an error against what was expected of it.
  function matches(operator, error, expected, message) {
    if (isRegExp(expected)) {
      if (!expected.test(String(error))) fail(operator, error, expected, message, `The input did not match the regular expression ${util.inspect(expected)}. Input:\n\n${util.inspect(String(error))}\n`)
      return
    }
    if (typeof expected === 'object') {
      const keys = Object.keys(expected)
      if (expected instanceof Error) keys.push('name', 'message')
      else if (keys.length === 0) throw native.error('TypeError', 'ERR_INVALID_ARG_VALUE', "The argument 'error' may not be an empty object. Received {}")
      for (const key of keys) {
        const value = error[key]
        if (typeof value === 'string' && isRegExp(expected[key]) && expected[key].test(value)) continue
        if (!(key in error) || !deepEqual(value, expected[key], true)) fail(operator, error, expected, message, describe('deepStrictEqual', value, expected[key]))
      }
      return
    }
    if (typeof expected !== 'function') throw native.argType('expected', 'of type function or an instance of Error, RegExp, or Object', expected)
    if (expected.prototype !== undefined && error instanceof expected) return
    if (Object.prototype.isPrototypeOf.call(Error, expected)) {
      const got = error instanceof Error ? `"${error.constructor.name}"\n\nError message:\n\n${error.message}` : `"${util.inspect(error, { depth: -1 })}"`
      fail(operator, error, expected, message, `The error is expected to be an instance of "${expected.name}". Received ${got}`)
    }
    if (expected.call({}, error) !== true) {
      fail(operator, error, expected, message, `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${util.inspect(expected.call({}, error))}\n\nCaught error:\n\n${error && error.stack ? error.stack : util.inspect(error)}`)
    }
  }

  function expectNone(operator, result, [expected, message]) {
    if (result === null) return
    if (typeof expected === 'string') message = expected
    const what = operator === 'doesNotReject' ? 'rejection' : 'exception'
    fail(operator, result.error, expected, undefined, `Got unwanted ${what}${message ? ': ' + message : '.'}\nActual message: "${result.error && result.error.message}"`)
  }

  const strict = Object.assign((...args) => truth(args), assert, {
    equal: assert.strictEqual, notEqual: assert.notStrictEqual, deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
  })
  strict.strict = strict
  assert.strict = strict
  return assert
})
