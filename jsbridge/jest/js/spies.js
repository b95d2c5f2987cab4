// Matchers of mock functions and of errors.
(function (core) {
  const { equals, iterableEquality, printExpected, printReceived, stringify } = core
  const same = (a, b) => equals(a, b, [...core.state.customTesters, iterableEquality])
  const isMock = (v) => v != null && v._isMockFunction === true
  // hint names the mock function that is asked about.
  const hint = (self, name, expected) => core.hint(self, name, expected)
  const mockHint = (self, name, received, expected, second) => core.matcherHint(name, isMock(received) ? received.getMockName() : 'spy', expected, { isNot: self.isNot, promise: self.promise, secondArgument: second })
  const isSpy = (v) => v != null && v.calls != null && typeof v.calls.all === 'function' && typeof v.calls.count === 'function'
  const shownCalls = 3

  const printArgs = (args) => (args.length === 0 ? 'called with 0 arguments' : args.map(printExpected).join(', '))

  // printGiven shows the arguments of a call; those that are as expected only by their type of line.
  function printGiven(args, expected) {
    if (args.length === 0) return 'called with 0 arguments'
    return args.map((arg, i) => (Array.isArray(expected) && i in expected && same(expected[i], arg) ? stringify(arg) : printReceived(arg))).join(', ')
  }

  function ensure(self, name, received, spies) {
    if (isMock(received) || (spies && isSpy(received))) return
    throw new Error(core.matcherError(hint(self, name, ''), `received value must be a mock${spies ? ' or spy' : ''} function`, core.printWithType('Received', received, printReceived)))
  }
  function ensureNone(self, name, expected) {
    if (expected === undefined) return
    throw new Error(core.matcherError(hint(self, name, ''), 'this matcher must not have an expected argument', core.printWithType('Expected', expected, printExpected)))
  }
  function ensureCount(self, name, n) {
    if (typeof n === 'number' && Number.isSafeInteger(n) && n >= 0) return
    throw new Error(core.matcherError(hint(self, name), 'expected value must be a non-negative integer', core.printWithType('Expected', n, printExpected)))
  }

  const callsOf = (received) => (isSpy(received) ? received.calls.all().map((x) => x.args) : received.mock.calls)
  const firstLines = (list, line) => list.slice(0, shownCalls).map(line).join('\n')

  const toHaveBeenCalled = (name) => function (received, expected) {
    ensureNone(this, name, expected)
    ensure(this, name, received, true)
    const calls = callsOf(received)
    const message = () => calls.length > 0
      ? `${mockHint(this, name, received, '')}\n\nExpected number of calls: ${printExpected(0)}\nReceived number of calls: ${printReceived(calls.length)}\n\n${firstLines(calls, (args, i) => `${i + 1}: ${printGiven(args)}`)}`
      : `${mockHint(this, name, received, '')}\n\nExpected number of calls: >= ${printExpected(1)}\nReceived number of calls:    ${printReceived(0)}`
    return { pass: calls.length > 0, message }
  }

  const toHaveBeenCalledTimes = (name) => function (received, expected) {
    ensureCount(this, name, expected)
    ensure(this, name, received, true)
    const n = callsOf(received).length
    return {
      pass: n === expected,
      message: () => `${mockHint(this, name, received)}\n\nExpected number of calls: ${this.isNot ? 'not ' : ''}${printExpected(expected)}${this.isNot ? '' : `\nReceived number of calls: ${printReceived(n)}`}`,
    }
  }

  // positive explains calls none of which, or not the one at index, was as expected.
  function positive(expected, calls, index) {
    const shown = index === undefined ? calls.map((args, i) => [i, args]).slice(0, shownCalls)
      : calls.map((args, i) => [i, args]).slice(Math.max(0, Math.min(index, calls.length) - 1), index + 2)
    const line = `Expected: ${printArgs(expected)}\n`
    if (calls.length === 0) return line
    if (calls.length === 1 && (index === 0 || index === undefined)) {
      const lines = argLines(expected, calls[0])
      return lines === null ? `${line}Received: ${printGiven(calls[0], expected)}\n` : `- Expected\n+ Received\n\n${lines}\n`
    }
    const rows = shown.map(([i, args]) => {
      const lines = index === undefined || i === index ? argLines(expected, args) : null
      const label = aligned(i, index)
      return lines === null ? `${label}: ${printGiven(args, expected)}` : `${label}\n${lines.replace(/^/gm, '        ')}`
    })
    return `${line}Received\n${rows.join('\n')}\n`
  }

  // aligned is the number of a call, with an arrow before the one that is asked for.
  const aligned = (i, index) => (i === index ? '->' : '  ') + String(i + 1).padStart(6)

  // argLines compares arguments line by line, null if none of them has lines.
  function argLines(expected, received) {
    const longest = Math.max(expected.length, received.length)
    let helpful = false
    const out = []
    for (let i = 0; i < longest; i++) {
      if (i < expected.length && i < received.length) {
        if (same(expected[i], received[i])) {
          out.push(`  ${printReceived(received[i])},`)
          continue
        }
        if (core.isObject(expected[i]) && core.isObject(received[i])) {
          const text = core.diff(expected[i], received[i])
          if (typeof text === 'string' && text.includes('- Expected') && text.includes('+ Received')) {
            helpful = true
            out.push(text.split('\n').slice(3).join('\n') + ',')
            continue
          }
        }
      }
      if (i < expected.length) out.push(`- ${printExpected(expected[i])},`)
      if (i < received.length) out.push(`+ ${printReceived(received[i])},`)
    }
    return helpful ? out.join('\n') : null
  }

  function negative(expected, calls, passing, index) {
    if (calls.length === 1 && stringify(calls[0]) === stringify(expected)) return ''
    if (calls.length === 1) return `Received:     ${printGiven(calls[0], expected)}\n`
    const matching = calls.map((args, i) => [i, args]).filter(([i]) => passing.includes(i)).slice(0, shownCalls)
    return `Received\n${matching.map(([i, args]) => `${aligned(i, index)}:     ${printGiven(args, expected)}`).join('\n')}\n`
  }

  // calledWith makes toHaveBeenCalledWith and those of one call; pick names the call, undefined for any.
  const calledWith = (name, pick, head) => function (received, ...rest) {
    const [index, expected] = pick ? pick(this, received, rest) : [undefined, rest]
    const calls = callsOf(received)
    const passing = calls.map((args, i) => (same(args, expected) ? i : -1)).filter((i) => i >= 0)
    const pass = index === undefined ? passing.length > 0 : index >= 0 && index < calls.length && passing.includes(index)
    const message = () => {
      const top = head ? head(this, received) : mockHint(this, name, received, '...expected')
      const n = `\nNumber of calls: ${printReceived(calls.length)}`
      if (!pass) return `${top}\n\n${index === undefined || pick.all ? '' : `n: ${index + 1}\n`}${positive(expected, calls, index)}${n}`
      return `${top}\n\n${index === undefined || pick.all ? '' : `n: ${index + 1}\n`}Expected: not ${printArgs(expected)}\n${negative(expected, calls, index === undefined ? passing : [index], index)}${n}`
    }
    return { pass, message }
  }
  const anyCall = (name) => Object.assign((self, received, rest) => {
    ensure(self, name, received, true)
    return [undefined, rest]
  }, { all: true })
  const last = (name) => Object.assign((self, received, rest) => {
    ensure(self, name, received, true)
    return [callsOf(received).length - 1, rest]
  }, { all: true })
  const nth = (name) => (self, received, [n, ...rest]) => {
    ensure(self, name, received, true)
    ensureIndex(self, name, received, n)
    return [n - 1, rest]
  }
  const nthHead = (name) => (self, received) => mockHint(self, name, received, 'n', '...expected')

  function ensureIndex(self, name, received, n) {
    if (Number.isSafeInteger(n) && n >= 1) return
    throw new Error(core.matcherError(core.matcherHint(name, undefined, 'n', { isNot: self.isNot, promise: self.promise, secondArgument: /Called/.test(name) ? '...expected' : 'expected' }), 'n must be a positive integer', core.printWithType('n', n, stringify)))
  }

  const returned = (result) => result.type === 'return'
  const shownResult = (result) => (result.type === 'throw' ? 'function call threw an error' : result.type === 'incomplete' ? 'function call has not returned yet' : printReceived(result.value))

  const toHaveReturned = (name) => function (received, expected) {
    ensureNone(this, name, expected)
    ensure(this, name, received, false)
    const n = received.mock.results.filter(returned).length
    const calls = received.mock.calls.length
    const message = () => n > 0
      ? `${mockHint(this, name, received, '')}\n\nExpected number of returns: ${printExpected(0)}\nReceived number of returns: ${printReceived(n)}\n\n${firstLines(received.mock.results.filter(returned), (r, i) => `${i + 1}: ${printReceived(r.value)}`)}${calls !== n ? `\n\nReceived number of calls:   ${printReceived(calls)}` : ''}`
      : `${mockHint(this, name, received, '')}\n\nExpected number of returns: >= ${printExpected(1)}\nReceived number of returns:    ${printReceived(n)}${calls !== n ? `\nReceived number of calls:      ${printReceived(calls)}` : ''}`
    return { pass: n > 0, message }
  }

  const toHaveReturnedTimes = (name) => function (received, expected) {
    ensureCount(this, name, expected)
    ensure(this, name, received, false)
    const n = received.mock.results.filter(returned).length
    const calls = received.mock.calls.length
    const message = () => `${mockHint(this, name, received)}\n\nExpected number of returns: ${this.isNot ? 'not ' : ''}${printExpected(expected)}${this.isNot ? '' : `\nReceived number of returns: ${printReceived(n)}`}${calls !== n ? `\nReceived number of calls:   ${printReceived(calls)}` : ''}`
    return { pass: n === expected, message }
  }

  // returnedWith makes toHaveReturnedWith and those of one call.
  const returnedWith = (name, pick) => function (received, ...rest) {
    ensure(this, name, received, false)
    const expected = rest[rest.length - 1]
    if (pick === 'nth') ensureIndex(this, name, received, rest[0])
    const { results } = received.mock
    const index = pick === 'nth' ? rest[0] - 1 : pick === 'last' ? results.length - 1 : undefined
    const fits = (r) => r !== undefined && returned(r) && same(r.value, expected)
    const pass = index === undefined ? results.some(fits) : fits(results[index])
    const message = () => {
      const top = pick === 'nth' ? mockHint(this, name, received, 'n', 'expected') : mockHint(this, name, received)
      const shown = results.slice(0, shownCalls).map((r, i) => `${i === index ? '->' : '  '}${String(i + 1).padStart(6)}: ${shownResult(r)}`)
      const body = results.length === 0 ? '' : results.length === 1 ? `Received: ${pass ? '    ' : ''}${shownResult(results[0])}\n` : `Received\n${shown.join('\n')}\n`
      const calls = received.mock.calls.length
      const n = results.filter(returned).length
      return `${top}\n\n${pick === 'nth' ? `n: ${rest[0]}\n` : ''}Expected: ${pass ? 'not ' : ''}${printExpected(expected)}\n${body}\nNumber of returns: ${printReceived(n)}${n !== calls ? `\nNumber of calls:   ${printReceived(calls)}` : ''}`
    }
    return { pass, message }
  }

  // thrownOf is what a matcher of errors looks at.
  function thrownOf(v) {
    const hasMessage = v !== null && v !== undefined && typeof v.message === 'string'
    return { hasMessage, isError: core.isError(v), message: hasMessage ? v.message : typeof v === 'string' ? v : v, value: v }
  }

  // shownThrown shows what was thrown, beside what was expected if width says how far that is indented.
  function shownThrown(label, thrown, width = 0) {
    if (!thrown.hasMessage) return `${`${label}value:`.padEnd(width || label.length + 9)}${printReceived(thrown.value)}\n`
    return `${`${label}message:`.padEnd(width || label.length + 9)}${printReceived(thrown.message)}\n${shownStack(thrown)}`
  }
  function shownStack(thrown) {
    const text = thrown.isError ? core.native.frames(thrown.value) : ''
    return text === '' ? '' : `\n${text}\n`
  }

  const toThrow = (name) => function (received, expected) {
    let thrown = null
    if (this.promise !== '' && core.isError(received)) {
      thrown = thrownOf(core.reworded(received, expected))
    } else if (typeof received !== 'function') {
      if (this.promise === '') {
        const placeholder = expected === undefined ? '' : 'expected'
        throw new Error(core.matcherError(hint(this, name, placeholder), 'received value must be a function', core.printWithType('Received', received, printReceived)))
      }
    } else {
      try {
        received()
      } catch (e) {
        thrown = thrownOf(core.reworded(e, expected))
      }
    }
    if (expected === undefined) return thrownAtAll(this, name, thrown)
    if (typeof expected === 'function') return thrownClass(this, name, thrown, expected)
    if (typeof expected === 'string') return thrownMatch(this, name, thrown, 'substring', expected, (message) => message.includes(expected))
    if (expected !== null && typeof expected.test === 'function') return thrownMatch(this, name, thrown, 'pattern', expected, (message) => expected.test(message))
    if (expected !== null && typeof expected.asymmetricMatch === 'function') return thrownAsymmetric(this, name, thrown, expected)
    if (expected !== null && typeof expected === 'object') return thrownObject(this, name, thrown, expected)
    throw new Error(core.matcherError(hint(this, name), 'expected value must be a string or regular expression or class or error', core.printWithType('Expected', expected, printExpected)))
  }

  const didNotThrow = '\nReceived function did not throw'

  function thrownAtAll(self, name, thrown) {
    const pass = thrown !== null
    return {
      pass,
      message: () => (pass
        ? `${hint(self, name, '')}\n\n${thrown.hasMessage ? shownThrown('Error ', thrown).replace('Error message', 'Error name:    ' + printReceived(thrown.value.name) + '\nError message') : shownThrown('Thrown ', thrown)}`
        : `${hint(self, name, '')}\n\nReceived function did not throw`),
    }
  }

  function thrownMatch(self, name, thrown, what, expected, test) {
    const pass = thrown !== null && test(String(thrown.message))
    const label = `Expected ${what}: ${pass ? 'not ' : ''}`
    const message = () => `${hint(self, name)}\n\n${label}${printExpected(expected)}\n${thrown === null ? didNotThrow : shownThrown('Received ', thrown, label.length)}`
    return { pass, message }
  }

  function thrownClass(self, name, thrown, expected) {
    const pass = thrown !== null && thrown.value instanceof expected
    const nameOf = (c) => (c && c.name) || 'anonymous'
    return {
      pass,
      message: () => (pass
        ? `${hint(self, name)}\n\nExpected constructor: not ${nameOf(expected)}\n\n${shownThrown('Received ', thrown)}`
        : `${hint(self, name)}\n\nExpected constructor: ${nameOf(expected)}\n${thrown === null ? didNotThrow : `${thrown.value != null && typeof thrown.value.constructor === 'function' ? `Received constructor: ${nameOf(thrown.value.constructor)}\n` : ''}\n${shownThrown('Received ', thrown)}`}`),
    }
  }

  function thrownObject(self, name, thrown, expected) {
    const text = (e) => (e.cause === undefined || !(e instanceof Error) ? undefined : e.cause)
    const causes = (a, b) => (a instanceof Error && b instanceof Error ? a.message === b.message && causes(text(a), text(b)) : equals(a, b))
    const pass = thrown !== null && thrown.message === expected.message && (!(expected instanceof Error) || text(expected) === undefined || causes(text(expected), thrown.value.cause))
    return {
      pass,
      message: () => (pass
        ? `${hint(self, name)}\n\nExpected message: not ${printExpected(expected.message)}\n${shownStack(thrown)}`
        : `${hint(self, name)}\n\n${thrown === null ? `Expected message: ${printExpected(expected.message)}\n${didNotThrow}` : thrown.hasMessage ? `${core.printDiffOrStringify(expected.message, thrown.message, 'Expected message', 'Received message')}\n${shownStack(thrown)}` : `Expected message: ${printExpected(expected.message)}\n${shownThrown('Received ', thrown)}`}`),
    }
  }

  function thrownAsymmetric(self, name, thrown, expected) {
    const pass = thrown !== null && expected.asymmetricMatch(thrown.value)
    return {
      pass,
      message: () => (pass
        ? `${hint(self, name)}\n\nExpected asymmetric matcher: not ${printExpected(expected)}\n\n${shownThrown('Thrown ', thrown)}`
        : `${hint(self, name)}\n\nExpected asymmetric matcher: ${printExpected(expected)}\n\n${thrown === null ? 'Received function did not throw' : shownThrown('Thrown ', thrown)}`),
    }
  }

  const called = (name) => calledWith(name, anyCall(name))
  Object.assign(core.matchers, {
    toHaveBeenCalled: toHaveBeenCalled('toHaveBeenCalled'),
    toBeCalled: toHaveBeenCalled('toBeCalled'),
    toHaveBeenCalledTimes: toHaveBeenCalledTimes('toHaveBeenCalledTimes'),
    toBeCalledTimes: toHaveBeenCalledTimes('toBeCalledTimes'),
    toHaveBeenCalledWith: called('toHaveBeenCalledWith'),
    toBeCalledWith: called('toBeCalledWith'),
    toHaveBeenLastCalledWith: calledWith('toHaveBeenLastCalledWith', last('toHaveBeenLastCalledWith')),
    lastCalledWith: calledWith('lastCalledWith', last('lastCalledWith')),
    toHaveBeenNthCalledWith: calledWith('toHaveBeenNthCalledWith', nth('toHaveBeenNthCalledWith'), nthHead('toHaveBeenNthCalledWith')),
    nthCalledWith: calledWith('nthCalledWith', nth('nthCalledWith'), nthHead('nthCalledWith')),
    toHaveReturned: toHaveReturned('toHaveReturned'),
    toReturn: toHaveReturned('toReturn'),
    toHaveReturnedTimes: toHaveReturnedTimes('toHaveReturnedTimes'),
    toReturnTimes: toHaveReturnedTimes('toReturnTimes'),
    toHaveReturnedWith: returnedWith('toHaveReturnedWith'),
    toReturnWith: returnedWith('toReturnWith'),
    toHaveLastReturnedWith: returnedWith('toHaveLastReturnedWith', 'last'),
    lastReturnedWith: returnedWith('lastReturnedWith', 'last'),
    toHaveNthReturnedWith: returnedWith('toHaveNthReturnedWith', 'nth'),
    nthReturnedWith: returnedWith('nthReturnedWith', 'nth'),
    toThrow: toThrow('toThrow'),
    toThrowError: toThrow('toThrowError'),
  })
})
