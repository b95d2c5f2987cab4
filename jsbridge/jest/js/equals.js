// Equality as expect means it, and the asymmetric matchers.
(function (core) {
  const asymmetric = Symbol.for('jest.asymmetricMatcher')
  const isAsymmetric = (v) => !!v && v.$$typeof === asymmetric
  const kind = core.tag

  function keysOf(o) {
    const keys = Object.keys(o)
    for (const symbol of Object.getOwnPropertySymbols(o)) {
      if (Object.getOwnPropertyDescriptor(o, symbol).enumerable) keys.push(symbol)
    }
    return keys
  }

  function askAsymmetric(a, b) {
    const left = isAsymmetric(a)
    const right = isAsymmetric(b)
    if (left && right) return undefined
    if (left) return a.asymmetricMatch(b)
    if (right) return b.asymmetricMatch(a)
    return undefined
  }

  // equals compares deeply. The testers may decide about a pair first; strict tells a member that
  // is undefined from one that is absent.
  function equals(a, b, testers, strict) {
    return compare(a, b, [], [], testers || [], !!strict)
  }

  function compare(a, b, aStack, bStack, testers, strict) {
    const asked = askAsymmetric(a, b)
    if (asked !== undefined) return asked
    for (let i = 0; i < testers.length; i++) {
      const said = testers[i].call({ equals }, a, b, testers)
      if (said !== undefined) return said
    }
    if (a instanceof Error && b instanceof Error) return a.message === b.message
    if (Object.is(a, b)) return true
    const tag = kind(a)
    if (tag !== kind(b)) return false
    switch (tag) {
      case '[object Boolean]':
      case '[object String]':
      case '[object Number]':
        if (typeof a !== typeof b) return false
        return typeof a === 'object' && Object.is(a.valueOf(), b.valueOf())
      case '[object Date]':
        return +a === +b
      case '[object RegExp]':
        return a.source === b.source && a.flags === b.flags
    }
    if (typeof a !== 'object' || typeof b !== 'object') return false
    for (let i = aStack.length - 1; i >= 0; i--) {
      if (aStack[i] === a) return bStack[i] === b
      if (bStack[i] === b) return false
    }
    aStack.push(a)
    bStack.push(b)
    const same = members(a, b, tag, (x, y) => compare(x, y, aStack, bStack, testers, strict), strict)
    aStack.pop()
    bStack.pop()
    return same
  }

  function members(a, b, tag, same, strict) {
    if (tag === '[object Array]' && a.length !== b.length) return false
    const aKeys = keysOf(a)
    if (strict && aKeys.length !== keysOf(b).length) return false
    for (const key of aKeys) {
      if (!core.own(b, key) && (strict || !(isAsymmetric(a[key]) || a[key] === undefined))) return false
      if (!same(a[key], b[key])) return false
    }
    for (const key of keysOf(b)) {
      if (core.own(a, key)) continue
      if (strict || !(isAsymmetric(b[key]) || b[key] === undefined)) return false
      if (!same(a[key], b[key])) return false
    }
    return true
  }

  const hasIterator = (v) => !!(v != null && v[Symbol.iterator])

  // iterableEquality compares what two iterables yield; sets and maps without order.
  function iterableEquality(a, b, testers, aStack = [], bStack = []) {
    if (typeof a !== 'object' || typeof b !== 'object' || Array.isArray(a) || Array.isArray(b) || !hasIterator(a) || !hasIterator(b)) return undefined
    if (a.constructor !== b.constructor) return false
    for (let i = aStack.length - 1; i >= 0; i--) {
      if (aStack[i] === a) return bStack[i] === b
    }
    aStack.push(a)
    bStack.push(b)
    const inner = (testers || []).filter((t) => t !== iterableEquality)
    inner.push((x, y) => iterableEquality(x, y, inner.slice(0, -1), aStack, bStack))
    const same = sameItems(a, b, (x, y) => equals(x, y, inner))
    aStack.pop()
    bStack.pop()
    return same
  }

  function sameItems(a, b, same) {
    if (a.size !== undefined) {
      if (a.size !== b.size) return false
      if (core.isA('Set', a)) return [...a].every((x) => b.has(x) || [...b].some((y) => same(x, y)))
      if (core.isA('Map', a)) {
        return [...a].every(([key, x]) => (b.has(key) && same(x, b.get(key))) || [...b].some(([other, y]) => same(key, other) && same(x, y)))
      }
    }
    const others = b[Symbol.iterator]()
    for (const x of a) {
      const next = others.next()
      if (next.done || !same(x, next.value)) return false
    }
    if (!others.next().done) return false
    return equals(Object.entries(a), Object.entries(b))
  }

  const hasProperty = (o, key) => {
    for (; o; o = Object.getPrototypeOf(o)) if (core.own(o, key)) return true
    return false
  }

  // subsetEquality asks only for the members that the expected value has.
  function subsetEquality(object, subset, testers = []) {
    const inner = testers.filter((t) => t !== subsetEquality)
    const within = (seen) => (o, s) => {
      const plain = core.isObject(s) && !core.isError(s) && !Array.isArray(s) && !(s instanceof core.Date)
      if (!plain) return undefined
      return keysOf(s).every((key) => {
        const want = s[key]
        let result
        if (core.isObject(want)) {
          if (seen.has(want)) return o != null && equals(o[key], want, inner)
          seen.add(want)
        }
        result = o != null && hasProperty(o, key) && equals(o[key], want, [...inner, within(seen)])
        seen.delete(want)
        return result
      })
    }
    return within(new Set())(object, subset)
  }

  function typeEquality(a, b) {
    if (a == null || b == null || a.constructor === b.constructor) return undefined
    return Array.isArray(a) && Array.isArray(b) ? undefined : false
  }

  function sparseArrayEquality(a, b, testers) {
    if (!Array.isArray(a) || !Array.isArray(b)) return undefined
    const inner = (testers || []).filter((t) => t !== sparseArrayEquality)
    return equals(a, b, inner, true) && equals(Object.keys(a), Object.keys(b))
  }

  function arrayBufferEquality(a, b) {
    if (!(a instanceof ArrayBuffer) || !(b instanceof ArrayBuffer)) return undefined
    const x = new Uint8Array(a)
    const y = new Uint8Array(b)
    return x.length === y.length && x.every((byte, i) => byte === y[i])
  }

  class AsymmetricMatcher {
    constructor(sample, inverse = false) {
      this.$$typeof = asymmetric
      this.sample = sample
      this.inverse = inverse
    }
    getMatcherContext() {
      return core.matcherContext({ isNot: this.inverse, promise: '' })
    }
  }

  class Any extends AsymmetricMatcher {
    constructor(sample) {
      if (typeof sample === 'undefined') {
        throw new TypeError('any() expects to be passed a constructor function. Please pass one or use anything() to match any object.')
      }
      super(sample)
    }
    asymmetricMatch(other) {
      switch (this.sample) {
        case String: return typeof other === 'string' || other instanceof String
        case Number: return typeof other === 'number' || other instanceof Number
        case Function: return typeof other === 'function'
        case Boolean: return typeof other === 'boolean' || other instanceof Boolean
        case BigInt: return typeof other === 'bigint'
        case Symbol: return typeof other === 'symbol'
        case Object: return typeof other === 'object'
        case Array: return Array.isArray(other)
      }
      return other instanceof this.sample
    }
    toString() { return 'Any' }
    getExpectedType() {
      const names = new Map([[String, 'string'], [Number, 'number'], [Function, 'function'], [Object, 'object'], [Boolean, 'boolean']])
      return names.get(this.sample) || this.sample.name || '<anonymous>'
    }
    toAsymmetricMatcher() { return `Any<${this.sample.name || '<anonymous>'}>` }
  }

  class Anything extends AsymmetricMatcher {
    asymmetricMatch(other) { return other != null }
    toString() { return 'Anything' }
    toAsymmetricMatcher() { return 'Anything' }
  }

  class ArrayContaining extends AsymmetricMatcher {
    asymmetricMatch(other) {
      if (!Array.isArray(this.sample)) {
        throw new Error(`You must provide an array to ${this.toString()}, not '${typeof this.sample}'.`)
      }
      const { customTesters } = core.state
      const found = this.sample.length === 0 ||
        (Array.isArray(other) && this.sample.every((item) => other.some((another) => equals(item, another, customTesters))))
      return this.inverse ? !found : found
    }
    toString() { return `Array${this.inverse ? 'Not' : ''}Containing` }
    getExpectedType() { return 'array' }
  }

  class ObjectContaining extends AsymmetricMatcher {
    asymmetricMatch(other) {
      if (typeof this.sample !== 'object') {
        throw new Error(`You must provide an object to ${this.toString()}, not '${typeof this.sample}'.`)
      }
      const { customTesters } = core.state
      const found = keysOf(this.sample).every((key) =>
        other != null && hasProperty(Object(other), key) && equals(this.sample[key], other[key], customTesters))
      return this.inverse ? !found : found
    }
    toString() { return `Object${this.inverse ? 'Not' : ''}Containing` }
    getExpectedType() { return 'object' }
  }

  class StringContaining extends AsymmetricMatcher {
    constructor(sample, inverse) {
      if (typeof sample !== 'string' && !(sample instanceof String)) throw new Error('Expected is not a string')
      super(sample, inverse)
    }
    asymmetricMatch(other) {
      const found = (typeof other === 'string' || other instanceof String) && other.includes(this.sample)
      return this.inverse ? !found : found
    }
    toString() { return `String${this.inverse ? 'Not' : ''}Containing` }
    getExpectedType() { return 'string' }
  }

  class StringMatching extends AsymmetricMatcher {
    constructor(sample, inverse) {
      if (typeof sample !== 'string' && !core.isA('RegExp', sample)) throw new Error('Expected is not a String or a RegExp')
      super(new RegExp(sample), inverse)
    }
    asymmetricMatch(other) {
      const found = (typeof other === 'string' || other instanceof String) && this.sample.test(other)
      return this.inverse ? !found : found
    }
    toString() { return `String${this.inverse ? 'Not' : ''}Matching` }
    getExpectedType() { return 'string' }
  }

  class CloseTo extends AsymmetricMatcher {
    constructor(sample, precision = 2, inverse = false) {
      if (typeof sample !== 'number') throw new Error('Expected is not a Number')
      if (typeof precision !== 'number') throw new Error('Precision is not a Number')
      super(sample)
      this.inverse = inverse
      this.precision = precision
    }
    asymmetricMatch(other) {
      if (typeof other !== 'number') return false
      const same = other === this.sample || Math.abs(this.sample - other) < Math.pow(10, -this.precision) / 2
      return this.inverse ? !same : same
    }
    toString() { return `Number${this.inverse ? 'Not' : ''}CloseTo` }
    getExpectedType() { return 'number' }
    toAsymmetricMatcher() { return [this.toString(), this.sample, `(${this.precision} digit${this.precision === 1 ? '' : 's'})`].join(' ') }
  }

  Object.assign(core, {
    equals, isAsymmetric, asymmetric, iterableEquality, subsetEquality, typeEquality, sparseArrayEquality, arrayBufferEquality,
    AsymmetricMatcher, keysOf,
    asymmetrics: {
      any: (sample) => new Any(sample),
      anything: () => new Anything(),
      arrayContaining: (sample) => new ArrayContaining(sample),
      objectContaining: (sample) => new ObjectContaining(sample),
      stringContaining: (sample) => new StringContaining(sample),
      stringMatching: (sample) => new StringMatching(sample),
      closeTo: (sample, precision) => new CloseTo(sample, precision),
      not: {
        arrayContaining: (sample) => new ArrayContaining(sample, true),
        objectContaining: (sample) => new ObjectContaining(sample, true),
        stringContaining: (sample) => new StringContaining(sample, true),
        stringMatching: (sample) => new StringMatching(sample, true),
        closeTo: (sample, precision) => new CloseTo(sample, precision, true),
      },
    },
  })
})
