// Differences of values as lines, and the words that matchers say.
(function (core) {
  const { format, stringify } = core

  // edits lists the lines of a and b as ['=' | '-' | '+', line], by Myers' algorithm.
  function edits(a, b, same) {
    const n = a.length
    const m = b.length
    let start = 0
    while (start < n && start < m && same(start, start)) start++
    let end = 0
    while (end < n - start && end < m - start && same(n - 1 - end, m - 1 - end)) end++
    const list = []
    for (let i = 0; i < start; i++) list.push(['=', b[i]])
    middle(list, a, b, same, start, n - end, m - end)
    for (let i = end; i > 0; i--) list.push(['=', b[m - i]])
    return list
  }

  function middle(list, a, b, same, start, aEnd, bEnd) {
    const n = aEnd - start
    const m = bEnd - start
    let v = new Map([[1, 0]])
    const trace = []
    search: for (let d = 0; d <= n + m; d++) {
      trace.push(new Map(v))
      for (let k = -d; k <= d; k += 2) {
        let x = k === -d || (k !== d && v.get(k - 1) < v.get(k + 1)) ? v.get(k + 1) : v.get(k - 1) + 1
        let y = x - k
        while (x < n && y < m && same(start + x, start + y)) { x++; y++ }
        v.set(k, x)
        if (x >= n && y >= m) break search
      }
    }
    const reversed = []
    let x = n
    let y = m
    for (let d = trace.length - 1; d >= 0; d--) {
      const from = trace[d]
      const k = x - y
      const down = k === -d || (k !== d && from.get(k - 1) < from.get(k + 1))
      const fromK = down ? k + 1 : k - 1
      const fromX = from.get(fromK)
      const fromY = fromX - fromK
      while (x > fromX && y > fromY && x > 0 && y > 0) {
        x--
        y--
        reversed.push(['=', b[start + y]])
      }
      if (d === 0) break
      if (down) reversed.push(['+', b[start + --y]])
      else reversed.push(['-', a[start + --x]])
    }
    list.push(...deletionsFirst(reversed.reverse()))
  }

  // deletionsFirst puts the lines that go before those that come, in each run of changes.
  function deletionsFirst(list) {
    const out = []
    let added = []
    for (const edit of list) {
      if (edit[0] === '+') {
        added.push(edit)
        continue
      }
      if (edit[0] === '=') {
        out.push(...added)
        added = []
      }
      out.push(edit)
    }
    return [...out, ...added]
  }

  const context = 5

  // unified prints edits under the names of both sides, with some lines of context.
  function unified(list, o) {
    const removed = list.filter((e) => e[0] === '-').length
    const added = list.filter((e) => e[0] === '+').length
    const width = Math.max(String(removed).length, String(added).length)
    const name = Math.max(o.aAnnotation.length, o.bAnnotation.length)
    const head = (sign, label, n) => `${sign} ${label}${' '.repeat(name - label.length)}  ${sign} ${String(n).padStart(width)}`
    return `${head('-', o.aAnnotation, removed)}\n${head('+', o.bAnnotation, added)}\n\n${hunks(list)}`
  }

  function printLine(sign, line, edge) {
    if (line !== '') return `${sign === '=' ? ' ' : sign} ${sign === '=' ? line : line.replace(/\s+$/, (s) => '·'.repeat(s.length))}`
    return sign === '=' ? (edge ? '  ↵' : '') : sign
  }

  function hunks(list) {
    const keep = list.map(() => false)
    list.forEach((e, i) => {
      if (e[0] === '=') return
      for (let j = Math.max(0, i - context); j <= Math.min(list.length - 1, i + context); j++) keep[j] = true
    })
    const whole = keep.every((k) => k)
    const out = []
    let aLine = 1
    let bLine = 1
    for (let i = 0; i < list.length; i++) {
      if (keep[i] && !whole && !keep[i - 1]) out.push(mark(list, keep, i, aLine, bLine))
      if (keep[i]) out.push(printLine(list[i][0], list[i][1], i === 0 || i === list.length - 1))
      if (list[i][0] !== '+') aLine++
      if (list[i][0] !== '-') bLine++
    }
    return out.join('\n')
  }

  function mark(list, keep, from, aLine, bLine) {
    let a = 0
    let b = 0
    for (let i = from; i < list.length && keep[i]; i++) {
      if (list[i][0] !== '+') a++
      if (list[i][0] !== '-') b++
    }
    return `@@ -${aLine},${a} +${bLine},${b} @@`
  }

  const noDifference = 'Compared values have no visual difference.'
  const similar = 'Compared values serialize to the same structure.\nPrinting internal object structure without calling `toJSON` instead.'

  function diffLines(a, b, o) {
    return unified(edits(a, b, (i, j) => a[i] === b[j]), o)
  }

  function diffFormatted(a, b, options, o) {
    const plugins = core.formatPlugins
    const aCompare = format(a, { ...options, plugins, indent: 0 }).split('\n')
    const bCompare = format(b, { ...options, plugins, indent: 0 }).split('\n')
    if (aCompare.length === bCompare.length && aCompare.every((line, i) => line === bCompare[i])) return null
    const aLines = format(a, { ...options, plugins }).split('\n')
    const bLines = format(b, { ...options, plugins }).split('\n')
    return unified(edits(aLines, bLines, (i, j) => aCompare[i] === bCompare[j]), o)
  }

  const sortedMap = (m) => new Map([...m].sort())
  const sortedSet = (s) => new Set([...s].sort())

  // diff explains how b differs from a, null if lines would not help.
  core.diff = function (a, b, options) {
    const o = { aAnnotation: 'Expected', bAnnotation: 'Received', ...options }
    if (Object.is(a, b)) return noDifference
    const aType = core.type(a)
    let expected = aType
    if (aType === 'object' && typeof a.asymmetricMatch === 'function') {
      if (a.$$typeof !== core.asymmetric || typeof a.getExpectedType !== 'function') return null
      expected = a.getExpectedType()
    }
    if (expected !== core.type(b)) return `  Comparing two different types of values. Expected ${expected} but received ${core.type(b)}.`
    if (expected === 'string' && aType === 'object') return null
    if (aType === 'string') return diffLines(a.split('\n'), b.split('\n'), o)
    if (aType === 'map') return diffObjects(sortedMap(a), sortedMap(b), o)
    if (aType === 'set') return diffObjects(sortedSet(a), sortedSet(b), o)
    return diffObjects(a, b, o)
  }

  function diffObjects(a, b, o) {
    let text = null
    try {
      text = diffFormatted(a, b, {}, o)
    } catch { /* toJSON threw */ }
    if (text !== null) return text
    text = diffFormatted(a, b, { callToJSON: false, maxDepth: 8 }, o)
    return text === null ? noDifference : `${similar}\n\n${text}`
  }

  // visible shows spaces at the ends of lines.
  const visible = (text) => text.replace(/\s+$/gm, (spaces) => '·'.repeat(spaces.length))
  core.printReceived = (v) => visible(stringify(v))
  core.printExpected = (v) => visible(stringify(v))

  function diffable(expected, received) {
    const type = core.type(expected)
    if (type !== core.type(received)) return false
    if (core.isPrimitive(expected)) {
      return typeof expected === 'string' && expected !== '' && received !== '' && (expected.includes('\n') || received.includes('\n'))
    }
    if (type === 'date' || type === 'function' || type === 'regexp') return false
    if (expected instanceof Error && received instanceof Error) return false
    return !(type === 'object' && typeof received.asymmetricMatch === 'function')
  }

  // settle puts, where an asymmetric matcher matches, the matcher on both sides: no difference. It writes into both.
  function settle(expected, received, seen = []) {
    if (!copyable(expected) || !copyable(received) || seen.includes(expected) || seen.includes(received)) return
    if (core.type(expected) !== core.type(received)) return
    seen = [...seen, expected, received]
    if (core.type(expected) === 'map') return settleMaps(expected, received, seen)
    for (const key of core.keysOf(expected)) {
      if (core.isAsymmetric(expected[key])) {
        if (expected[key].asymmetricMatch(received[key])) received[key] = expected[key]
      } else if (core.isAsymmetric(received[key])) {
        if (received[key].asymmetricMatch(expected[key])) expected[key] = received[key]
      } else if (core.own(received, key)) {
        settle(expected[key], received[key], seen)
      }
    }
  }

  function settleMaps(expected, received, seen) {
    for (const [key, v] of expected) {
      if (!received.has(key)) continue
      if (!core.isAsymmetric(v)) settle(v, received.get(key), seen)
      else if (v.asymmetricMatch(received.get(key))) received.set(key, v)
    }
  }

  const copyable = (v) => core.isObject(v) && !core.isAsymmetric(v) && ['object', 'array', 'map'].includes(core.type(v)) && /^\[object (Object|Array|Map)\]$/.test(core.tag(v))

  // copied copies objects, arrays and maps with all that is in them. What holds itself does so in the copy.
  function copied(v, copies = new Map()) {
    if (!copyable(v)) return v
    if (copies.has(v)) return copies.get(v)
    const type = core.type(v)
    const copy = type === 'array' ? Array.from(v) : type === 'map' ? new Map() : Object.create(Object.getPrototypeOf(v))
    copies.set(v, copy)
    if (type === 'map') {
      for (const [key, x] of v) copy.set(key, copied(x, copies))
      return copy
    }
    for (const key of core.keysOf(v)) Object.defineProperty(copy, key, { value: copied(v[key], copies), enumerable: true, writable: true, configurable: true })
    return copy
  }

  // labels returns a function that pads labels to the same width.
  core.labels = function (...all) {
    const width = Math.max(...all.map((label) => label.length))
    return (label) => `${label}: ${' '.repeat(width - label.length)}`
  }

  core.printDiffOrStringify = function (expected, received, expectedLabel, receivedLabel) {
    const o = { aAnnotation: expectedLabel, bAnnotation: receivedLabel }
    if (diffable(expected, received)) {
      const [e, r] = [copied(expected), copied(received)]
      settle(e, r)
      const text = core.diff(e, r, o)
      if (typeof text === 'string' && text.includes(`- ${expectedLabel}`) && text.includes(`+ ${receivedLabel}`)) return text
    }
    const label = core.labels(expectedLabel, receivedLabel)
    const same = stringify(expected) === stringify(received)
    return `${label(expectedLabel)}${core.printExpected(expected)}\n${label(receivedLabel)}${same ? 'serializes to the same string' : core.printReceived(received)}`
  }

  // matcherHint is the first line of a failure: expect(received).not.toBe(expected).
  core.matcherHint = function (name, received = 'received', expected = 'expected', options = {}) {
    const { comment = '', isDirectExpectCall = false, isNot = false, promise = '', secondArgument = '' } = options
    let hint = 'expect'
    if (!isDirectExpectCall && received !== '') hint += `(${received})`
    if (promise !== '') hint += `.${promise}`
    if (isNot) hint += '.not'
    hint += name.includes('.') ? name : `.${name}`
    hint += expected === '' ? '()' : `(${expected}${secondArgument ? `, ${secondArgument}` : ''})`
    return comment === '' ? hint : `${hint} // ${comment}`
  }

  core.printWithType = function (name, v, print) {
    const type = core.type(v)
    const hasType = type !== 'null' && type !== 'undefined' ? `${name} has type:  ${type}\n` : ''
    return `${hasType}${name} has value: ${print(v)}`
  }

  core.matcherError = (hint, generic, specific) => `${hint}\n\nMatcher error: ${generic}${typeof specific === 'string' ? `\n\n${specific}` : ''}`

  // utils is what matchers of expect.extend find in this.utils.
  core.utils = {
    BOLD_WEIGHT: (s) => s, DIM_COLOR: (s) => s, EXPECTED_COLOR: (s) => s, INVERTED_COLOR: (s) => s, RECEIVED_COLOR: (s) => s,
    diff: core.diff, getLabelPrinter: core.labels, matcherErrorMessage: core.matcherError, matcherHint: core.matcherHint,
    pluralize: core.plural, printDiffOrStringify: core.printDiffOrStringify, printExpected: core.printExpected,
    printReceived: core.printReceived, printWithType: core.printWithType, stringify,
    iterableEquality: core.iterableEquality, subsetEquality: core.subsetEquality,
  }
})
