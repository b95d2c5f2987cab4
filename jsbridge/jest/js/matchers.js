// The matchers, apart from those of mock functions, errors and snapshots.
(function (core) {
  const { equals, iterableEquality, subsetEquality, typeEquality, sparseArrayEquality, arrayBufferEquality, printExpected, printReceived, printDiffOrStringify, labels } = core

  // hint is the first line of the matcher that runs, as it was called.
  core.hint = (self, name, expected, secondArgument, comment) =>
    core.matcherHint(name, undefined, expected, { isNot: self.isNot, promise: self.promise, secondArgument, comment })
  // Some matchers say in their hint how they compare.
  const comments = { toEqual: 'deep equality', toStrictEqual: 'deep equality', toContainEqual: 'deep equality', toContain: 'indexOf', toBe: 'Object.is equality' }
  const hint = (self, name, expected, second, comment = comments[name]) => core.hint(self, name, expected, second, comment)

  const refuse = (self, name, expected, generic, specific) => { throw new Error(core.matcherError(hint(self, name, expected), generic, specific)) }
  const noExpected = (self, name, expected) => {
    if (expected !== undefined) refuse(self, name, '', 'this matcher must not have an expected argument', core.printWithType('Expected', expected, printExpected))
  }
  const numbers = (self, name, received, expected) => {
    for (const [label, v, print] of [['expected', expected, printExpected], ['received', received, printReceived]]) {
      if (typeof v !== 'number' && typeof v !== 'bigint') {
        refuse(self, name, undefined, `${label} value must be a number or bigint`, core.printWithType(label[0].toUpperCase() + label.slice(1), v, print))
      }
    }
  }

  // unary makes a matcher that looks at the received value alone.
  const unary = (name, test) => function (received, expected) {
    noExpected(this, name, expected)
    return { pass: test(received), message: () => `${hint(this, name, '')}\n\nReceived: ${printReceived(received)}` }
  }

  // ordered makes a matcher that compares numbers.
  const ordered = (name, sign, test) => function (received, expected) {
    numbers(this, name, received, expected)
    const not = this.isNot ? 'not ' : ''
    return {
      pass: test(received, expected),
      message: () => `${hint(this, name)}\n\nExpected: ${not}${sign} ${printExpected(expected)}\nReceived: ${this.isNot ? '    ' : ''}${' '.repeat(sign.length + 1)}${printReceived(received)}`,
    }
  }

  // testersOf are the testers that toEqual and its like use.
  const testersOf = (...more) => [...core.state.customTesters, iterableEquality, ...more]

  // equality makes toEqual and toStrictEqual.
  const equality = (name, testers, strict) => function (received, expected) {
    const pass = equals(received, expected, testersOf(...testers), strict)
    const message = () => pass
      ? `${hint(this, name)}\n\nExpected: not ${printExpected(expected)}\n${core.stringify(expected) === core.stringify(received) ? '' : `Received:     ${printReceived(received)}`}`
      : `${hint(this, name)}\n\n${printDiffOrStringify(expected, received, 'Expected', 'Received')}`
    return { actual: received, expected, message, name, pass }
  }

  function toBe(received, expected) {
    const pass = Object.is(received, expected)
    const message = () => {
      const head = hint(this, 'toBe')
      if (pass) return `${head}\n\nExpected: not ${printExpected(expected)}`
      const type = core.type(expected)
      let better = null
      if (type !== 'map' && type !== 'set') {
        if (equals(received, expected, [...core.state.customTesters, iterableEquality, typeEquality, sparseArrayEquality, arrayBufferEquality], true)) better = 'toStrictEqual'
        else if (equals(received, expected, testersOf())) better = 'toEqual'
      }
      const advice = better === null ? '' : `If it should pass with deep equality, replace "toBe" with "${better}"\n\n`
      return `${head}\n\n${advice}${printDiffOrStringify(expected, received, 'Expected', 'Received')}`
    }
    return { actual: received, expected, message, name: 'toBe', pass }
  }

  function toBeCloseTo(received, expected, precision = 2) {
    const second = arguments.length === 3 ? 'precision' : undefined
    for (const [label, v, print] of [['expected', expected, printExpected], ['received', received, printReceived]]) {
      if (typeof v !== 'number') {
        throw new Error(core.matcherError(hint(this, 'toBeCloseTo', undefined, second), `${label} value must be a number`, core.printWithType(label[0].toUpperCase() + label.slice(1), v, print)))
      }
    }
    const most = Math.pow(10, -precision) / 2
    const difference = received === expected ? 0 : Math.abs(expected - received)
    const pass = received === expected || difference < most
    const message = () => {
      const head = hint(this, 'toBeCloseTo', undefined, second)
      const details = `Expected precision:  ${this.isNot ? '  ' : ''}  ${core.stringify(precision)}\nExpected difference: ${this.isNot ? 'not ' : ''}< ${core.stringify(most)}\nReceived difference: ${this.isNot ? '    ' : ''}  ${core.stringify(difference)}`
      if (!pass) return `${head}\n\nExpected: ${printExpected(expected)}\nReceived: ${printReceived(received)}\n\n${details}`
      return `${head}\n\nExpected: not ${printExpected(expected)}\n${difference === 0 ? '' : `Received:     ${printReceived(received)}\n\n${details}`}`
    }
    return { pass, message }
  }

  function toBeInstanceOf(received, expected) {
    if (typeof expected !== 'function') {
      refuse(this, 'toBeInstanceOf', undefined, 'expected value must be a function', core.printWithType('Expected', expected, printExpected))
    }
    const pass = received instanceof expected
    const nameOf = (c) => (typeof c === 'function' && c.name ? c.name : 'a constructor')
    const message = () => {
      if (pass) return `${hint(this, 'toBeInstanceOf')}\n\nExpected constructor: not ${nameOf(expected)}\n`
      const proto = core.isPrimitive(received) ? null : Object.getPrototypeOf(received)
      const actual = core.isPrimitive(received) ? `\nReceived value has no prototype\nReceived value: ${printReceived(received)}`
        : proto === null || typeof received.constructor !== 'function' ? `\nReceived value: ${printReceived(received)}`
          : `Received constructor: ${nameOf(received.constructor)}\n`
      return `${hint(this, 'toBeInstanceOf')}\n\nExpected constructor: ${nameOf(expected)}\n${actual}`
    }
    return { pass, message }
  }

  function toContain(received, expected) {
    if (received == null) {
      refuse(this, 'toContain', undefined, 'received value must not be null nor undefined', core.printWithType('Received', received, printReceived))
    }
    if (typeof received === 'string') {
      if (typeof expected !== 'string') {
        refuse(this, 'toContain', undefined, `expected value must be a string if received value is a string`, `${core.printWithType('Expected', expected, printExpected)}\n${core.printWithType('Received', received, printReceived)}`)
      }
      const index = received.indexOf(String(expected))
      return {
        pass: index !== -1,
        message: () => `${hint(this, 'toContain')}\n\nExpected substring: ${this.isNot ? 'not ' : ''}${printExpected(expected)}\nReceived string:    ${this.isNot ? '    ' : ''}${printReceived(received)}`,
      }
    }
    const items = Array.from(received)
    return { pass: items.indexOf(expected) !== -1 || (expected !== expected && items.includes(expected)), message: () => containment(this, 'toContain', received, items, expected) }
  }

  function containment(self, name, received, items, expected) {
    const kind = core.type(received)
    const label = labels(`Expected value`, `Received ${kind}`)
    const not = self.isNot
    const deep = !not && name === 'toContain' && items.some((item) => equals(item, expected, testersOf()))
    const advice = deep ? '\n\nLooks like you wanted to test for object/array equality with the stricter `toContain` matcher. You probably need to use `toContainEqual` instead.' : ''
    return `${hint(self, name)}\n\n${label('Expected value')}${not ? 'not ' : ''}${printExpected(expected)}\n${label(`Received ${kind}`)}${not ? '    ' : ''}${printReceived(received)}${advice}`
  }

  function toContainEqual(received, expected) {
    if (received == null) {
      refuse(this, 'toContainEqual', undefined, 'received value must not be null nor undefined', core.printWithType('Received', received, printReceived))
    }
    const items = Array.from(received)
    const pass = items.some((item) => equals(item, expected, testersOf()))
    return { pass, message: () => containment(this, 'toContainEqual', received, items, expected) }
  }

  function toHaveLength(received, expected) {
    if (typeof received?.length !== 'number') {
      refuse(this, 'toHaveLength', undefined, 'received value must have a length property whose value must be a number', core.printWithType('Received', received, printReceived))
    }
    if (typeof expected !== 'number' || !Number.isInteger(expected) || expected < 0) {
      refuse(this, 'toHaveLength', undefined, 'expected value must be a non-negative integer', core.printWithType('Expected', expected, printExpected))
    }
    const pass = received.length === expected
    const kind = core.type(received)
    const label = labels('Expected length', 'Received length', `Received ${kind}`)
    const message = () => {
      const not = this.isNot
      const length = not ? '' : `${label('Received length')}${printReceived(received.length)}\n`
      return `${hint(this, 'toHaveLength')}\n\n${label('Expected length')}${not ? 'not ' : ''}${printExpected(expected)}\n${length}${label(`Received ${kind}`)}${not ? '    ' : ''}${printReceived(received)}`
    }
    return { pass, message }
  }

  // pathOf takes 'a.b[0].c' apart.
  function pathOf(path) {
    if (Array.isArray(path)) return path
    const parts = []
    for (const m of String(path).matchAll(/[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])(.*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))/g)) {
      parts.push(m[3] !== undefined ? m[3] : m[1] !== undefined ? m[1] : m[0])
    }
    return parts
  }

  function follow(object, path) {
    let at = object
    let last = object
    let missing = false
    const traversed = []
    for (let i = 0; i < path.length; i++) {
      last = at
      const key = path[i]
      if (at === null || at === undefined || !((core.isPrimitive(at) ? at[key] !== undefined : key in at))) {
        missing = true
        break
      }
      at = at[key]
      traversed.push(key)
    }
    return { found: !missing, value: missing ? undefined : at, last, traversed }
  }

  function toHaveProperty(received, path, expected) {
    const given = arguments.length === 3
    const options = given ? 'value' : undefined
    const head = () => core.matcherHint('toHaveProperty', undefined, 'path', { isNot: this.isNot, promise: this.promise, secondArgument: options })
    if (received == null) throw new Error(core.matcherError(head(), 'received value must not be null nor undefined', core.printWithType('Received', received, printReceived)))
    const type = core.type(path)
    if (type !== 'string' && type !== 'array') throw new Error(core.matcherError(head(), 'expected path must be a string or array', core.printWithType('Expected', path, printExpected)))
    const keys = typeof path === 'string' ? pathOf(path) : path
    if (type === 'array' && path.length === 0) throw new Error(core.matcherError(head(), 'expected path must not be an empty array', core.printWithType('Expected', path, printExpected)))
    const { found, value, last, traversed } = follow(received, keys)
    const pass = given && found ? equals(value, expected, testersOf()) : found
    const reached = traversed.join('.')
    const message = () => {
      const text = `${head()}\n\nExpected path: ${this.isNot ? 'not ' : ''}${printExpected(path)}\n`
      if (pass) {
        return given ? `${text}\nExpected value: not ${printExpected(expected)}${core.stringify(expected) === core.stringify(received) ? '' : `\nReceived value:     ${printReceived(value)}`}`
          : `${text}\nReceived value: ${printReceived(value)}`
      }
      if (found) return `${text}\n${printDiffOrStringify(expected, value, 'Expected value', 'Received value')}`
      return `${text}Received path: ${type === 'array' || traversed.length === 0 ? printReceived(traversed) : printReceived(reached)}\n\n${given ? `Expected value: ${printExpected(expected)}\n` : ''}Received value: ${printReceived(last)}`
    }
    return { pass, message }
  }

  function toMatch(received, expected) {
    if (typeof received !== 'string') refuse(this, 'toMatch', undefined, 'received value must be a string', core.printWithType('Received', received, printReceived))
    const isText = typeof expected === 'string'
    if (!isText && !(expected && typeof expected.test === 'function')) {
      refuse(this, 'toMatch', undefined, 'expected value must be a string or regular expression', core.printWithType('Expected', expected, printExpected))
    }
    const pass = isText ? received.includes(expected) : new RegExp(expected).test(received)
    const message = () => {
      const expectedLabel = `Expected ${isText ? 'substring' : 'pattern'}`
      const label = labels(expectedLabel, 'Received string')
      const not = this.isNot
      return `${hint(this, 'toMatch')}\n\n${label(expectedLabel)}${not ? 'not ' : ''}${printExpected(expected)}\n${label('Received string')}${not ? '    ' : ''}${printReceived(received)}`
    }
    return { pass, message }
  }

  // subsetOf keeps of an object what a subset names, for the difference that is shown.
  function subsetOf(object, subset, seen = new Map()) {
    if (Array.isArray(object)) {
      if (!Array.isArray(subset) || subset.length !== object.length) return object
      return object.map((item, i) => subsetOf(item, subset[i], seen))
    }
    if (object instanceof core.Date || !core.isObject(object) || !core.isObject(subset) || core.isAsymmetric(subset)) return object
    if (equals(object, subset, [...core.state.customTesters, iterableEquality, subsetEquality])) return subset
    if (seen.has(object)) return seen.get(object)
    const trimmed = {}
    seen.set(object, trimmed)
    for (const key of core.keysOf(object)) if (key in subset) trimmed[key] = subsetOf(object[key], subset[key], seen)
    return core.keysOf(trimmed).length > 0 ? trimmed : object
  }

  function toMatchObject(received, expected) {
    for (const [label, v, print] of [['received', received, printReceived], ['expected', expected, printExpected]]) {
      if (!core.isObject(v)) refuse(this, 'toMatchObject', undefined, `${label} value must be a non-null object`, core.printWithType(label[0].toUpperCase() + label.slice(1), v, print))
    }
    const pass = equals(received, expected, testersOf(subsetEquality))
    const message = () => pass
      ? `${hint(this, 'toMatchObject')}\n\nExpected: not ${printExpected(expected)}${core.stringify(expected) === core.stringify(received) ? '' : `\nReceived:     ${printReceived(received)}`}`
      : `${hint(this, 'toMatchObject')}\n\n${printDiffOrStringify(expected, subsetOf(received, expected), 'Expected', 'Received')}`
    return { pass, message }
  }

  core.matchers = {
    toBe,
    toBeCloseTo,
    toBeDefined: unary('toBeDefined', (v) => v !== void 0),
    toBeFalsy: unary('toBeFalsy', (v) => !v),
    toBeGreaterThan: ordered('toBeGreaterThan', '>', (a, b) => a > b),
    toBeGreaterThanOrEqual: ordered('toBeGreaterThanOrEqual', '>=', (a, b) => a >= b),
    toBeInstanceOf,
    toBeLessThan: ordered('toBeLessThan', '<', (a, b) => a < b),
    toBeLessThanOrEqual: ordered('toBeLessThanOrEqual', '<=', (a, b) => a <= b),
    toBeNaN: unary('toBeNaN', (v) => Number.isNaN(v)),
    toBeNull: unary('toBeNull', (v) => v === null),
    toBeTruthy: unary('toBeTruthy', (v) => !!v),
    toBeUndefined: unary('toBeUndefined', (v) => v === void 0),
    toContain,
    toContainEqual,
    toEqual: equality('toEqual', [], false),
    toHaveLength,
    toHaveProperty,
    toMatch,
    toMatchObject,
    toStrictEqual: equality('toStrictEqual', [typeEquality, sparseArrayEquality, arrayBufferEquality], true),
  }
})
