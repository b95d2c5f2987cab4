// Values as text: the format of messages, diffs and snapshots.
(function (core) {
  const defaults = { callToJSON: true, escapeRegex: false, escapeString: true, indent: 2, maxDepth: Infinity, maxWidth: Infinity, min: false, plugins: [], printBasicPrototype: true, printFunctionName: true, compareKeys: undefined }

  // format shows a value; options are those of pretty-format.
  core.format = function (value, options) {
    const o = { ...defaults, ...options }
    if (o.min) o.indent = 0
    const config = {
      ...o,
      indent: ' '.repeat(o.indent),
      spacingInner: o.min ? ' ' : '\n',
      spacingOuter: o.min ? '' : '\n',
      printBasicPrototype: options && options.printBasicPrototype !== undefined ? options.printBasicPrototype : !o.min,
    }
    return show(value, config, '', 0, [], false)
  }

  function show(v, config, indent, depth, refs, calledToJSON) {
    const plugin = pluginFor(v, config)
    if (plugin) return withPlugin(plugin, v, config, indent, depth, refs)
    const basic = showBasic(v, config)
    if (basic !== null) return basic
    return showComplex(v, config, indent, depth, refs, calledToJSON)
  }

  function pluginFor(v, config) {
    for (const plugin of config.plugins) if (plugin.test(v)) return plugin
    return null
  }

  function withPlugin(plugin, v, config, indent, depth, refs) {
    if (plugin.serialize) {
      return plugin.serialize(v, config, indent, depth, refs, (x, c, i, d, r, json) => show(x, c, i, d, r, json))
    }
    return plugin.print(v, (x) => show(x, config, indent, depth, refs), (text) => {
      const inner = indent + config.indent
      return inner + text.replace(/^/gm, '').replace(/\n/g, '\n' + inner)
    }, { edgeSpacing: config.spacingOuter, min: config.min, spacing: config.spacingInner }, {})
  }

  const showFunction = (f, config) => (config.printFunctionName ? `[Function ${f.name || 'anonymous'}]` : '[Function]')
  const showSymbol = (s) => String(s).replace(/^Symbol\((.*)\)(.*)$/s, 'Symbol($1)$2')
  const showError = (e) => `[${core.Error.prototype.toString.call(e)}]`

  function showBasic(v, config) {
    if (v === true || v === false) return String(v)
    if (v === undefined) return 'undefined'
    if (v === null) return 'null'
    switch (typeof v) {
      case 'number': return Object.is(v, -0) ? '-0' : String(v)
      case 'bigint': return `${v}n`
      case 'string': return `"${config.escapeString ? v.replace(/"|\\/g, '\\$&') : v}"`
      case 'function': return showFunction(v, config)
      case 'symbol': return showSymbol(v)
    }
    const tag = core.tag(v)
    switch (tag) {
      case '[object WeakMap]': return 'WeakMap {}'
      case '[object WeakSet]': return 'WeakSet {}'
      case '[object Function]':
      case '[object GeneratorFunction]': return showFunction(v, config)
      case '[object Symbol]': return showSymbol(v)
      case '[object Date]': return isNaN(+v) ? 'Date { NaN }' : core.Date.prototype.toISOString.call(v)
      case '[object Error]': return showError(v)
      case '[object RegExp]':
        return config.escapeRegex ? RegExp.prototype.toString.call(v).replace(/[\\^$*+?.()|[\]{}]/g, '\\$&') : RegExp.prototype.toString.call(v)
    }
    return v instanceof core.Error ? showError(v) : null
  }

  const nameOf = (v) => (typeof v.constructor === 'function' && v.constructor.name) || 'Object'
  const listTags = new Set(['Array', 'ArrayBuffer', 'DataView', 'Float32Array', 'Float64Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'])

  function showComplex(v, config, indent, depth, refs, calledToJSON) {
    if (refs.includes(v)) return '[Circular]'
    refs = [...refs, v]
    const tooDeep = ++depth > config.maxDepth
    const { min } = config
    if (config.callToJSON && !tooDeep && v.toJSON && typeof v.toJSON === 'function' && !calledToJSON) {
      return show(v.toJSON(), config, indent, depth, refs, true)
    }
    const tag = core.tag(v)
    if (tag === '[object Arguments]') {
      return tooDeep ? '[Arguments]' : `${min ? '' : 'Arguments '}[${showItems(v, config, indent, depth, refs)}]`
    }
    if (listTags.has(tag.slice(8, -1))) {
      const name = v.constructor ? v.constructor.name : 'Array'
      if (tooDeep) return `[${name}]`
      const prefix = min || (!config.printBasicPrototype && name === 'Array') ? '' : `${name} `
      return `${prefix}[${showItems(v, config, indent, depth, refs)}]`
    }
    if (tag === '[object Map]') {
      return tooDeep ? '[Map]' : `Map {${showEntries(v.entries(), config, indent, depth, refs, ' => ')}}`
    }
    if (tag === '[object Set]') {
      return tooDeep ? '[Set]' : `Set {${showValues(v.values(), config, indent, depth, refs)}}`
    }
    const name = nameOf(v)
    if (tooDeep) return `[${name}]`
    const prefix = min || (!config.printBasicPrototype && name === 'Object') ? '' : `${name} `
    return `${prefix}{${showMembers(v, config, indent, depth, refs)}}`
  }

  // lines puts items between brackets, each on a line of its own.
  function lines(items, config, indent) {
    if (items.length === 0) return ''
    const inner = indent + config.indent
    return config.spacingOuter + items.map((item) => inner + item).join(',' + config.spacingInner) + (config.min ? '' : ',') + config.spacingOuter + indent
  }

  function showItems(list, config, indent, depth, refs) {
    const inner = indent + config.indent
    const length = core.isA('ArrayBuffer', list) ? list.byteLength : list.length
    const at = core.isA('ArrayBuffer', list) ? new Uint8Array(list) : list
    const items = []
    for (let i = 0; i < length; i++) items.push(i in at ? show(at[i], config, inner, depth, refs) : '')
    return lines(items, config, indent)
  }

  function showValues(iterator, config, indent, depth, refs) {
    const items = []
    for (const v of iterator) items.push(show(v, config, indent + config.indent, depth, refs))
    return lines(items, config, indent)
  }

  function showEntries(iterator, config, indent, depth, refs, separator) {
    const inner = indent + config.indent
    const items = []
    for (const [key, v] of iterator) items.push(show(key, config, inner, depth, refs) + separator + show(v, config, inner, depth, refs))
    return lines(items, config, indent)
  }

  function showMembers(o, config, indent, depth, refs) {
    const inner = indent + config.indent
    const keys = Object.keys(o)
    const symbols = Object.getOwnPropertySymbols(o).filter((s) => Object.getOwnPropertyDescriptor(o, s).enumerable)
    if (config.compareKeys !== null) keys.sort(config.compareKeys)
    const items = keys.concat(symbols).map((key) => show(key, config, inner, depth, refs) + ': ' + show(o[key], config, inner, depth, refs))
    return lines(items, config, indent)
  }

  // asymmetricPlugin shows asymmetric matchers by what they match.
  const asymmetricPlugin = {
    test: (v) => v && v.$$typeof === core.asymmetric,
    serialize(v, config, indent, depth, refs) {
      const name = v.toString()
      if (name === 'ArrayContaining' || name === 'ArrayNotContaining') {
        if (++depth > config.maxDepth) return `[${name}]`
        return `${name} [${showItems(v.sample, config, indent, depth, refs)}]`
      }
      if (name === 'ObjectContaining' || name === 'ObjectNotContaining') {
        if (++depth > config.maxDepth) return `[${name}]`
        return `${name} {${showMembers(v.sample, config, indent, depth, refs)}}`
      }
      if (/^String(Not)?(Matching|Containing)$/.test(name)) return `${name} ${show(v.sample, config, indent, depth, refs)}`
      return v.toAsymmetricMatcher()
    },
  }

  // mockPlugin shows mock functions in snapshots.
  const mockPlugin = {
    test: (v) => !!v && !!v._isMockFunction,
    serialize(v, config, indent, depth, refs) {
      const name = v.getMockName()
      const label = name === 'jest.fn()' ? '' : ' ' + name
      if (v.mock.calls.length === 0) return `[MockFunction${label}]`
      const inner = indent + config.indent
      const part = (key) => `${inner}"${key}": ${show(v.mock[key], config, inner, depth, refs)},${config.spacingOuter}`
      return `[MockFunction${label}] {${config.spacingOuter}${part('calls')}${part('results')}${indent}}`
    },
  }

  core.formatPlugins = [asymmetricPlugin]
  core.snapshotPlugins = [asymmetricPlugin, mockPlugin]

  // stringify is a value in a message: on one line if it is short.
  core.stringify = function (v, maxDepth = 10, maxWidth = 10) {
    const most = 10000
    let text
    try {
      text = core.format(v, { maxDepth, min: true, plugins: core.formatPlugins })
    } catch {
      text = core.format(v, { callToJSON: false, maxDepth, min: true, plugins: core.formatPlugins })
    }
    return text.length >= most && maxDepth > 1 ? core.stringify(v, Math.floor(maxDepth / 2), maxWidth) : text
  }
})
