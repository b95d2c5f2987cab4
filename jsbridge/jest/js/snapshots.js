// Snapshots: those in a file beside the test, and those in its text.
(function (core) {
  const { native, printReceived } = core
  const counters = new Map()
  const files = { stored: {}, unchecked: new Set(), dirty: false }
  const counts = { added: 0, matched: 0, unmatched: 0, updated: 0, removed: 0, unchecked: 0 }
  const inline = []

  function load() {
    const { text } = native.snapshots
    if (text) new Function('exports', text)(files.stored)
    for (const key of Object.keys(files.stored)) files.unchecked.add(key)
  }
  load()

  const options = { escapeRegex: true, escapeString: false, printFunctionName: false, printBasicPrototype: false }
  const newlines = (text) => text.replace(/\r\n|\r/g, '\n')
  const serialize = (v) => newlines(core.format(v, { ...options, ...core.config.snapshotFormat, plugins: core.snapshotPlugins }))
  const padded = (text) => (text.includes('\n') ? `\n${text}\n` : text)
  const unpadded = (text) => (text.length > 2 && text.startsWith('\n') && text.endsWith('\n') ? text.slice(1, -1) : text)

  // stripIndent takes away the indentation that an inline snapshot has in its file.
  function stripIndent(text) {
    const lines = text.split('\n')
    if (lines.length <= 2 || lines[0].trim() !== '' || lines[lines.length - 1].trim() !== '') return text
    const indent = /^\s*/.exec(lines[1])[0]
    for (let i = 1; i < lines.length - 1; i++) {
      if (lines[i] === '') continue
      if (!lines[i].startsWith(indent)) return text
      lines[i] = lines[i].slice(indent.length)
    }
    lines[lines.length - 1] = ''
    return lines.join('\n')
  }

  // match compares a value with the stored snapshot, and stores it if there is none.
  function match({ testName, received, inlineText, isInline, method, site }) {
    const count = (counters.get(testName) || 0) + 1
    counters.set(testName, count)
    const key = `${testName} ${count}`
    if (!(isInline && files.stored[key] !== undefined)) files.unchecked.delete(key)
    const text = padded(serialize(received))
    const expected = isInline ? inlineText : files.stored[key]
    const pass = expected !== undefined && expected === text
    const write = () => {
      if (!isInline) { files.stored[key] = text; files.dirty = true } else {
        if (!site.file) throw new Error("Jest: Couldn't infer stack frame for inline snapshot.")
        inline.push({ snapshot: text, method, site })
      }
    }
    if (pass) {
      counts.matched++
      return { pass, count }
    }
    if (expected === undefined && native.snapshots.write) {
      counts.added++
      write()
      return { pass: true, count }
    }
    if (expected !== undefined && native.snapshots.update) {
      counts.updated++
      write()
      return { pass: true, count }
    }
    counts.unmatched++
    return { pass: false, count, expected: expected === undefined ? undefined : unpadded(expected), actual: unpadded(text) }
  }

  const named = (name, hint, count) => `Snapshot name: \`${name || ''}${name && hint ? ': ' : ''}${hint || ''} ${count}\``
  const headOf = (self, method, shown) => core.matcherHint(method, undefined, shown, { isNot: self.isNot, promise: self.promise })
  const argsOf = (c) => (c.properties ? (c.isInline || c.hint ? 'properties, ' : 'properties') : '') + (c.isInline ? (c.inlineText !== undefined ? 'snapshot' : '') : c.hint ? 'hint' : '')

  // deepMerge puts matchers in place of what they match.
  function deepMerge(target, source) {
    if (Array.isArray(target)) {
      return Array.isArray(source) ? target.map((v, i) => (i in source ? deepMerge(v, source[i]) : v)) : target
    }
    if (!core.isObject(target) || !core.isObject(source) || core.isAsymmetric(source)) return source
    const merged = { ...target }
    for (const key of Object.keys(source)) {
      merged[key] = core.isObject(source[key]) && !core.isAsymmetric(source[key]) && key in target ? deepMerge(target[key], source[key]) : source[key]
    }
    return merged
  }

  function check(self, c) {
    self.dontThrow()
    if (self.isNot) throw new Error(core.matcherError(headOf(self, c.method, argsOf(c)), 'Snapshot matchers cannot be used with not'))
    const name = core.state.currentTestName || ''
    const testName = name && c.hint ? `${name}: ${c.hint}` : name
    let { received } = c
    if (c.properties) {
      if (!core.isObject(received)) {
        throw new Error(core.matcherError(headOf(self, c.method, argsOf(c)), 'received value must be an object when the matcher has properties', core.printWithType('Received', received, printReceived)))
      }
      if (!core.equals(received, c.properties, [...core.state.customTesters, core.iterableEquality, core.subsetEquality])) {
        const count = (counters.get(testName) || 0) + 1
        counters.set(testName, count)
        files.unchecked.delete(`${testName} ${count}`)
        counts.unmatched++
        const message = () => `${headOf(self, c.method, argsOf(c))}\n\n${named(name, c.hint, count)}\n\n${core.printDiffOrStringify(c.properties, received, 'Expected properties', 'Received value')}`
        return { pass: false, message, name: c.method }
      }
      received = deepMerge(received, c.properties)
    }
    const result = match({ ...c, testName, received, site: c.isInline ? native.site(self.error || new Error()) : undefined })
    if (result.pass) return { pass: true, message: () => '' }
    const head = `${headOf(self, c.method, argsOf(c))}\n\n${named(name, c.hint, result.count)}\n\n`
    const message = () => (result.expected === undefined
      ? `${head}New snapshot was not written. The update flag must be explicitly passed to write a new snapshot.\n\nThis is likely because this test is run in a continuous integration (CI) environment in which snapshots are not written by default.\n\nReceived:${result.actual.includes('\n') ? '\n' : ' '}${result.actual}`
      : head + difference(result.expected, result.actual))
    return { pass: false, message, name: c.method, actual: result.actual, expected: result.expected }
  }

  function difference(expected, actual) {
    if (!expected.includes('\n') && !actual.includes('\n')) {
      const label = core.labels('Snapshot', 'Received')
      return `${label('Snapshot')}${expected}\n${label('Received')}${actual}`
    }
    return core.diff(expected, actual, { aAnnotation: 'Snapshot', bAnnotation: 'Received' })
  }

  const badArgument = (self, method, what, message, label, v) => new Error(core.matcherError(headOf(self, method, what), message, core.printWithType(label, v, serialize)))

  function toMatchSnapshot(received, properties, hint) {
    const method = 'toMatchSnapshot'
    if (arguments.length === 2 && typeof properties === 'string') [properties, hint] = [undefined, properties]
    else if (arguments.length >= 2 && (typeof properties !== 'object' || properties === null) && properties !== undefined) {
      throw badArgument(this, method, 'properties', 'Expected properties must be an object', 'Expected properties', properties)
    }
    return check(this, { received, properties, hint, method, isInline: false })
  }

  function toMatchInlineSnapshot(received, properties, text) {
    const method = 'toMatchInlineSnapshot'
    if (typeof properties === 'string') [properties, text] = [undefined, properties]
    else if (properties !== undefined && (typeof properties !== 'object' || properties === null)) {
      throw badArgument(this, method, 'properties', 'Expected properties must be an object', 'Expected properties', properties)
    }
    return check(this, { received, properties, inlineText: text === undefined ? undefined : stripIndent(text), method, isInline: true })
  }

  // ofThrown makes the snapshot matchers of errors.
  const ofThrown = (method, isInline) => function (received, sample, fromPromise) {
    if (!fromPromise && typeof received !== 'function') {
      throw new Error(core.matcherError(core.matcherHint(method, undefined, '', { isNot: this.isNot, promise: this.promise }), 'received value must be a function', core.printWithType('Received', received, printReceived)))
    }
    let error = fromPromise ? received : undefined
    if (!fromPromise) {
      try {
        received()
      } catch (e) {
        error = e
      }
    }
    this.dontThrow()
    core.reworded(error, sample)
    if (error === undefined) throw new Error(`${headOf(this, method, '')}\n\nReceived function did not throw`)
    const more = isInline ? { inlineText: sample === undefined ? undefined : stripIndent(sample) } : { hint: sample }
    return check(this, { received: error.message, method, isInline, ...more })
  }

  Object.assign(core.matchers, {
    toMatchSnapshot,
    toMatchInlineSnapshot,
    toThrowErrorMatchingSnapshot: ofThrown('toThrowErrorMatchingSnapshot', false),
    toThrowErrorMatchingInlineSnapshot: ofThrown('toThrowErrorMatchingInlineSnapshot', true),
  })

  const quoted = (text) => '`' + text.replace(/`|\\|\$\{/g, '\\$&') + '`'
  // compareKeys orders names as people do: 2 before 10.
  function compareKeys(a, b) {
    const parts = (s) => s.match(/\d+|\D+/g) || []
    const x = parts(a)
    const y = parts(b)
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      if (x[i] === y[i]) continue
      if (/^\d/.test(x[i]) && /^\d/.test(y[i])) return Number(x[i]) - Number(y[i])
      return x[i] < y[i] ? -1 : 1
    }
    return x.length - y.length
  }

  // keepSkipped marks the snapshots of a test that was not run as checked.
  core.keepSnapshots = (testName) => {
    for (const key of [...files.unchecked]) {
      if (key.startsWith(`${testName} `) && /^(: .*)? ?\d+$/.test(key.slice(testName.length))) files.unchecked.delete(key)
    }
  }

  // closeSnapshots says what came of the snapshots: counts, the file's text if it is to be written, and
  // the inline ones to write.
  core.closeSnapshots = function () {
    if (native.snapshots.update && files.unchecked.size > 0) {
      counts.removed = files.unchecked.size
      for (const key of files.unchecked) delete files.stored[key]
      files.dirty = true
    } else {
      counts.unchecked = files.unchecked.size
    }
    const keys = Object.keys(files.stored).sort(compareKeys)
    const body = keys.map((key) => `exports[${quoted(key)}] = ${quoted(newlines(files.stored[key]))};`)
    const text = keys.length > 0 ? `// Jest Snapshot v1, https://goo.gl/fbAQLP\n\n${body.join('\n\n')}\n` : ''
    return { ...counts, dirty: files.dirty, text, inline }
  }
})
