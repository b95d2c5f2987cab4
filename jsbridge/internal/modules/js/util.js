// util: inspect, format, promisify and the questions about types. Source: the documentation of
// Node's module util.
(function (native, require) {
  const custom = Symbol.for('nodejs.util.inspect.custom')
  const promisified = Symbol.for('nodejs.util.promisify.custom')
  const width = 80

  // ---- types

  const kind = native.kind
  const isKind = (name) => (value) => kind(value) === name
  const typedTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get
  const typed = (name) => (value) => kind(value) === 'TypedArray' && typedTag.call(value) === name
  const boxedKinds = ['Boolean', 'Number', 'String', 'Symbol', 'BigInt']
  const types = {
    isAnyArrayBuffer: isKind('ArrayBuffer'), isArrayBuffer: isKind('ArrayBuffer'), isArrayBufferView: ArrayBuffer.isView,
    isArgumentsObject: isKind('Arguments'), isAsyncFunction: isKind('AsyncFunction'), isDataView: isKind('DataView'), isDate: isKind('Date'),
    isExternal: () => false, isGeneratorFunction: isKind('GeneratorFunction'), isGeneratorObject: isKind('Generator'),
    isMap: isKind('Map'), isMapIterator: isKind('Map Iterator'), isModuleNamespaceObject: () => false, isNativeError: isKind('Error'),
    isPromise: isKind('Promise'), isProxy: isKind('Proxy'), isRegExp: isKind('RegExp'), isSet: isKind('Set'), isSetIterator: isKind('Set Iterator'),
    isSharedArrayBuffer: () => false, isTypedArray: isKind('TypedArray'), isWeakMap: isKind('WeakMap'), isWeakSet: isKind('WeakSet'),
    isBooleanObject: isKind('Boolean'), isNumberObject: isKind('Number'), isStringObject: isKind('String'), isBigIntObject: isKind('BigInt'),
    isSymbolObject: isKind('Symbol'), isBoxedPrimitive: (value) => boxedKinds.includes(kind(value)),
    isCryptoKey: () => false, isKeyObject: () => false,
  }
  for (const name of ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
    types['is' + name] = typed(name)
  }

  // ---- inspect

  const defaults = {
    showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10000,
    breakLength: 128, compact: 3, sorted: false, getters: false, numericSeparator: false,
  }
  const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/
  const escaped = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' }

  const urlFields = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']

  function quote(text) {
    let mark = "'"
    if (text.includes("'")) {
      if (!text.includes('"')) mark = '"'
      else if (!text.includes('`') && !text.includes('${')) mark = '`'
    }
    let out = ''
    for (let i = 0; i < text.length; i++) {
      const c = text[i]
      const code = text.charCodeAt(i)
      if (c === mark) out += '\\' + c
      else if (escaped[c]) out += escaped[c]
      else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += '\\x' + code.toString(16).toUpperCase().padStart(2, '0')
      else if (code >= 0xd800 && code <= 0xdfff && !(code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00)) out += '\\u' + code.toString(16)
      else if (code >= 0xd800 && code <= 0xdfff) out += c + text[++i]
      else out += c
    }
    return mark + out + mark
  }

  function more(n, what) { return `... ${n} more ${what}${n > 1 ? 's' : ''}` }

  function primitive(ctx, value, nested) {
    if (typeof value === 'string') {
      let tail = ''
      if (value.length > ctx.maxStringLength) {
        tail = more(value.length - ctx.maxStringLength, 'character')
        value = value.slice(0, ctx.maxStringLength)
      }
      if (nested && ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentation - 4) {
        return value.split(/(?<=\n)/).map(quote).join(' +\n' + ' '.repeat(ctx.indentation + 2)) + tail
      }
      return quote(value) + tail
    }
    if (typeof value === 'bigint') return value + 'n'
    return Object.is(value, -0) ? '-0' : String(value)
  }

  function constructorName(value) {
    for (let object = value; object !== null && object !== undefined; object = Object.getPrototypeOf(object)) {
      const d = Object.getOwnPropertyDescriptor(object, 'constructor')
      if (d && typeof d.value === 'function' && d.value.name !== '' && value instanceof d.value) return d.value.name
    }
    return null
  }

  function prefix(value, fallback, size) {
    const name = constructorName(value)
    const tag = tagOf(value, name)
    const count = size === undefined ? '' : `(${size})`
    const label = tag && tag !== name ? ` [${tag}]` : ''
    return (name === null ? `[${fallback}${count}: null prototype]` : name + count) + label + ' '
  }

  function tagOf(value, name) {
    if (Object.prototype.hasOwnProperty.call(value, Symbol.toStringTag)) return '' // it is listed
    const tag = value[Symbol.toStringTag]
    return typeof tag === 'string' && tag !== '' && tag !== name ? tag : ''
  }

  function keysOf(ctx, value) {
    if (ctx.showHidden) return Reflect.ownKeys(value)
    const symbols = Object.getOwnPropertySymbols(value).filter((s) => Object.prototype.propertyIsEnumerable.call(value, s))
    return Object.keys(value).concat(symbols)
  }

  function show(ctx, value, depth, top) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitive(ctx, value, !top)
    const target = native.proxyTarget(value)
    if (target !== undefined) {
      if (target === null) return '<Revoked Proxy>'
      if (!ctx.showProxy) value = target
    }
    if (ctx.customInspect) {
      const f = value[custom]
      if (typeof f === 'function' && f !== inspect && !(value.constructor && value.constructor.prototype === value)) {
        const left = ctx.depth === null ? null : ctx.depth - depth
        const result = f.call(value, left, Object.assign({}, ctx.given, { stylize: (text) => String(text) }), inspect)
        if (typeof result !== 'object') return String(result).replace(/\n/g, '\n' + ' '.repeat(ctx.indentation))
        return show(ctx, result, depth, false)
      }
    }
    if (ctx.seen.includes(value)) {
      if (!ctx.circular.has(value)) ctx.circular.set(value, ctx.circular.size + 1)
      return `[Circular *${ctx.circular.get(value)}]`
    }
    return raw(ctx, value, depth)
  }

  // shapes say how each kind of object is written: what stands before the braces, the braces, and
  // the entries before the members. null for braces means that an object without members is its
  // head alone.
  function shape(ctx, value, keys, depth) {
    const k = kind(value)
    const name = constructorName(value)
    switch (k) {
      case 'Array': {
        const plain = name === 'Array' && !tagOf(value, name)
        return { head: plain ? '' : prefix(value, 'Array', value.length), open: '[', close: ']', list: true, entries: () => arrayEntries(ctx, value, depth) }
      }
      case 'TypedArray': {
        const fallback = typedTag.call(value)
        return { head: prefix(value, fallback, value.length), open: '[', close: ']', list: true, entries: () => arrayEntries(ctx, value, depth), skip: indexKey }
      }
      case 'Set': return { head: prefix(value, 'Set', value.size), open: '{', close: '}', entries: () => deeper(ctx, 2, () => [...Set.prototype.values.call(value)].map((item) => show(ctx, item, depth + 1))) }
      case 'Map': return { head: prefix(value, 'Map', value.size), open: '{', close: '}', entries: () => deeper(ctx, 2, () => [...Map.prototype.entries.call(value)].map(([key, item]) => show(ctx, key, depth + 1) + ' => ' + show(ctx, item, depth + 1))) }
      case 'Date': {
        const text = Number.isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date' : Date.prototype.toISOString.call(value)
        return { alone: (name === 'Date' ? '' : prefix(value, 'Date')) + text }
      }
      case 'RegExp': return { alone: (name === 'RegExp' ? '' : prefix(value, 'RegExp')) + RegExp.prototype.toString.call(value) }
      case 'Error': return { alone: errorText(ctx, value, keys), skip: (key) => false }
      case 'Function': case 'AsyncFunction': case 'GeneratorFunction': return { alone: functionText(value, name) }
      case 'Promise': return { head: prefix(value, 'Promise'), open: '{', close: '}', entries: () => ['<pending>'] }
      case 'WeakSet': case 'WeakMap': return { head: prefix(value, k), open: '{', close: '}', entries: () => ['<items unknown>'] }
      case 'Boolean': case 'Number': case 'String': case 'Symbol': case 'BigInt': {
        const inner = globalThis[k].prototype.valueOf.call(value)
        const label = k === name || name === null ? k : `${k} (${name})`
        return { alone: `[${label}: ${typeof inner === 'string' ? quote(inner) : typeof inner === 'symbol' ? inner.toString() : primitive(ctx, inner)}]`, skip: k === 'String' ? indexKey : undefined }
      }
      case 'ArrayBuffer': {
        const bytes = new Uint8Array(value)
        const hex = Array.from(bytes.subarray(0, 50), (b) => b.toString(16).padStart(2, '0')).join(' ')
        const tail = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : ''
        return { head: prefix(value, 'ArrayBuffer'), open: '{', close: '}', entries: () => [`[Uint8Contents]: <${hex}${tail}>`, `byteLength: ${bytes.length}`] }
      }
      case 'DataView': return { head: prefix(value, 'DataView'), open: '{', close: '}', entries: () => ['byteLength', 'byteOffset', 'buffer'].map((key) => deeper(ctx, 2, () => `${key}: ${show(ctx, value[key], depth + 1)}`)) }
      case 'Arguments': return { head: '[Arguments] ', open: '{', close: '}', entries: () => [] }
      case 'Native': {
        if (value instanceof URLSearchParams) {
          return { head: prefix(value, 'URLSearchParams'), open: '{', close: '}', entries: () => deeper(ctx, 2, () => [...value].map(([key, item]) => `${show(ctx, key, depth + 1)} => ${show(ctx, item, depth + 1)}`)) }
        }
        const fields = value instanceof URL ? urlFields : []
        return { head: prefix(value, 'Object'), open: '{', close: '}', entries: () => fields.map((key) => deeper(ctx, 2, () => `${key}: ${show(ctx, value[key], depth + 1)}`)) }
      }
      case 'Generator': return { head: 'Object [Generator] ', open: '{', close: '}', entries: () => [] }
      case 'Map Iterator': case 'Set Iterator': return { head: `[${k}] `, open: '{', close: '}', entries: () => deeper(ctx, 2, () => []) }
    }
    const plain = name === 'Object' && !tagOf(value, name)
    return { head: plain ? '' : prefix(value, 'Object'), open: '{', close: '}', entries: () => [] }
  }

  function indexKey(key) { return typeof key === 'string' && /^(0|[1-9][0-9]*)$/.test(key) }

  function deeper(ctx, by, f) {
    ctx.indentation += by
    try { return f() } finally { ctx.indentation -= by }
  }

  function arrayEntries(ctx, value, depth) {
    const out = []
    const limit = Math.min(Math.max(0, ctx.maxArrayLength), value.length)
    let i = 0
    let holes = 0
    for (; i < value.length && out.length < limit; i++) {
      if (!Object.prototype.hasOwnProperty.call(value, i)) {
        let n = 1
        while (i + n < value.length && !Object.prototype.hasOwnProperty.call(value, i + n)) n++
        out.push(`<${n} empty item${n > 1 ? 's' : ''}>`)
        i += n - 1
        holes += n
        continue
      }
      const d = Object.getOwnPropertyDescriptor(value, i)
      out.push(deeper(ctx, 2, () => (d && (d.get || d.set) ? accessorText(d) : show(ctx, value[i], depth + 1))))
    }
    if (i < value.length) out.push(`... ${value.length - i} more item${value.length - i > 1 ? 's' : ''}`)
    return out
  }

  function accessorText(d) { return d.get ? (d.set ? '[Getter/Setter]' : '[Getter]') : '[Setter]' }

  function functionText(value, name) {
    const k = kind(value)
    const source = Function.prototype.toString.call(value)
    if (source.startsWith('class') && source.endsWith('}')) {
      const parent = Object.getPrototypeOf(value)
      const extension = parent && parent.name ? ` extends ${parent.name}` : parent === null ? ' extends [null prototype]' : ''
      return `[class ${value.name === '' ? '(anonymous)' : value.name}${extension}]`
    }
    const label = { AsyncFunction: 'AsyncFunction', GeneratorFunction: 'GeneratorFunction' }[k] || 'Function'
    const none = name === null ? ' (null prototype)' : ''
    return value.name === '' ? `[${label}${none} (anonymous)]` : `[${label}${none}: ${value.name}]`
  }

  function errorText(ctx, error, keys) {
    let stack = error.stack ? String(error.stack) : Error.prototype.toString.call(error)
    const name = error.name === undefined || error.name === null ? 'Error' : String(error.name)
    if (error.cause !== undefined && !keys.includes('cause') && Object.prototype.hasOwnProperty.call(error, 'cause')) keys.push('cause')
    if (Array.isArray(error.errors) && !keys.includes('errors') && Object.prototype.hasOwnProperty.call(error, 'errors')) keys.push('errors')
    if (error.code !== undefined && stack.startsWith(name) && !stack.slice(0, name.length + 2).includes('[') && stack.includes(error.message) && error.code && keys.includes('code') && /^ERR_/.test(error.code)) {
      stack = name + ` [${error.code}]` + stack.slice(name.length)
    }
    const at = stack.search(/\n\s+at /)
    if (at < 0) stack = `[${stack.trimEnd()}]`
    for (const key of ['name', 'message', 'stack']) {
      const i = keys.indexOf(key)
      if (i >= 0 && (key === 'stack' || stack.includes(error[key]))) keys.splice(i, 1)
    }
    return stack.trimEnd().replace(/\n\s+at /g, '\n    at ').replace(/\n/g, '\n' + ' '.repeat(ctx.indentation))
  }

  function raw(ctx, value, depth) {
    const keys = keysOf(ctx, value)
    const s = shape(ctx, value, keys, depth)
    const skip = s.skip || (s.list ? indexKey : undefined)
    const members = skip ? keys.filter((key) => !skip(key)) : keys
    if (s.alone !== undefined && members.length === 0) return s.alone
    const size = { Array: value.length, TypedArray: value.length, Map: value.size, Set: value.size, Object: 0 }[kind(value)]
    if (ctx.depth !== null && depth > ctx.depth && !(size === 0 && members.length === 0)) {
      const name = s.list && constructorName(value) === 'Array' ? 'Array' : (s.head || 'Object').trim().replace(/\(\d+\)/, '')
      if (value instanceof URL) return 'URL {}'
      return s.alone !== undefined && kind(value) !== 'Error' ? s.alone : `[${kind(value) === 'Error' ? constructorName(value) : name}]`
    }
    ctx.seen.push(value)
    ctx.reached = depth // the level that was written last; it decides about lines, as in Node
    let out
    try {
      out = s.alone === undefined ? s.entries() : []
      for (const key of members) out.push(member(ctx, value, key, depth, s.list))
    } finally {
      ctx.seen.pop()
    }
    let mark = ''
    if (ctx.circular.has(value)) mark = `<ref *${ctx.circular.get(value)}> `
    if (s.alone !== undefined) return join(ctx, out, mark + (mark === '' ? '' : '') + '{', '}', s.alone + ' ', false, depth, value)
    if (out.length === 0) return mark + (s.head ? `${s.head}${s.open}${s.close}` : s.open + s.close)
    if (ctx.sorted && !s.list) out.sort(ctx.sorted === true ? undefined : ctx.sorted)
    return join(ctx, out, s.open, s.close, mark + s.head, s.list, depth, value)
  }

  function member(ctx, value, key, depth, list) {
    const d = Object.getOwnPropertyDescriptor(value, key) || { value: value[key], enumerable: true }
    let text
    if (d.get || d.set) {
      text = accessorText(d)
      if (ctx.getters && d.get) {
        try { text = deeper(ctx, 2, () => `[Getter${d.set ? '/Setter' : ''}: ${show(ctx, value[key], depth + 1)}]`) } catch (error) { text = `[Getter: <Inspection threw (${error.message})>]` }
      }
    } else {
      text = deeper(ctx, ctx.compact !== true || list ? 2 : 3, () => show(ctx, d.value, depth + 1))
    }
    let name
    if (typeof key === 'symbol') name = `[${key.toString()}]`
    else if (key === '__proto__') name = "['__proto__']"
    else if (d.enumerable === false) name = `[${key}]`
    else name = identifier.test(key) ? key : quote(key)
    return `${name}: ${text}`
  }

  // join puts the parts on one line if they are few and short, else each on its own.
  function join(ctx, out, open, close, head, list, depth, value) {
    const count = out.length
    if (list && count > 6) out = columns(ctx, out, value)
    if (ctx.compact === true || ctx.compact === false) {
      if (ctx.compact === true) return `${head}${open} ${out.join(', ')} ${close}`
    } else if (ctx.reached - depth < ctx.compact && count === out.length) {
      const start = out.length + ctx.indentation + open.length + head.length + 10
      const total = out.reduce((n, part) => n + part.length, out.length + start)
      const flat = out.join(', ')
      if (total <= ctx.breakLength && !flat.includes('\n')) return `${head}${open} ${flat} ${close}`
    }
    const indent = '\n' + ' '.repeat(ctx.indentation)
    return `${head}${open}${indent}  ${out.join(`,${indent}  `)}${indent}${close}`
  }

  // columns lays long lists of short parts out as a table.
  function columns(ctx, out, value) {
    const length = value.length > ctx.maxArrayLength ? out.length - 1 : out.length
    const sizes = out.slice(0, length).map((part) => part.length)
    const longest = Math.max(...sizes)
    const total = sizes.reduce((n, size) => n + size + 2, 0)
    const cell = longest + 2
    if (!(cell * 3 + ctx.indentation < ctx.breakLength && (total / cell > 5 || longest <= 6))) return out
    const bias = Math.max(cell - 3 - Math.sqrt(cell - total / out.length), 1)
    const n = Math.min(Math.round(Math.sqrt(2.5 * bias * length) / bias), Math.floor((ctx.breakLength - ctx.indentation) / cell), ctx.compact * 4, 15)
    if (n <= 1) return out
    const widths = []
    for (let i = 0; i < n; i++) {
      let widest = 0
      for (let j = i; j < length; j += n) widest = Math.max(widest, sizes[j])
      widths.push(widest + 2)
    }
    const right = value === undefined || Array.prototype.every.call(Array.prototype.slice.call(value, 0, out.length), (v) => typeof v === 'number' || typeof v === 'bigint')
    const rows = []
    for (let i = 0; i < length; i += n) {
      const end = Math.min(i + n, length)
      let row = ''
      for (let j = i; j < end - 1; j++) {
        const part = out[j] + ', '
        row += right ? part.padStart(widths[j - i]) : part.padEnd(widths[j - i])
      }
      row += right ? out[end - 1].padStart(widths[end - 1 - i] - 2) : out[end - 1]
      rows.push(row)
    }
    if (length < out.length) rows.push(out[length])
    return rows
  }

  function inspect(value, options, depth, colors) {
    let given = options
    if (typeof options === 'boolean') given = { showHidden: options, depth: depth === undefined ? 2 : depth, colors }
    const ctx = Object.assign({ seen: [], indentation: 0, circular: new Map(), given: given || {} }, inspect.defaultOptions, { breakLength: width }, given)
    if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity
    if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity
    if (ctx.depth === undefined) ctx.depth = 2
    if (ctx.depth === Infinity) ctx.depth = null
    return show(ctx, value, 0, true)
  }
  inspect.custom = custom
  inspect.defaultOptions = defaults
  inspect.colors = Object.create(null)
  inspect.styles = Object.create(null)

  // ---- format

  function format(...args) { return formatWithOptions({}, ...args) }

  function formatWithOptions(options, ...args) {
    if (args.length === 0) return ''
    let out = ''
    let next = 0
    if (typeof args[0] === 'string') {
      next = 1
      if (args.length === 1) return args[0]
      out = args[0].replace(/%[sdifjoOc%]/g, (mark) => {
        if (mark === '%%') return '%'
        if (next >= args.length) return mark
        return placeholder(mark, args[next++], options)
      })
    }
    for (; next < args.length; next++) {
      const value = args[next]
      out += (next > 0 ? ' ' : '') + (typeof value === 'string' ? value : inspect(value, Object.assign({}, options)))
    }
    return out
  }

  function placeholder(mark, value, options) {
    switch (mark) {
      case '%s':
        if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
        if (typeof value === 'bigint') return value + 'n'
        if (typeof value !== 'object' || value === null) return String(value)
        return hasOwnText(value) ? String(value) : inspect(value, Object.assign({}, options, { depth: 0, colors: false, compact: 3 }))
      case '%d':
        if (typeof value === 'bigint') return value + 'n'
        return typeof value === 'symbol' ? 'NaN' : primitive(defaults, Number(value))
      case '%i':
        if (typeof value === 'bigint') return value + 'n'
        return typeof value === 'symbol' ? 'NaN' : primitive(defaults, parseInt(value))
      case '%f':
        return typeof value === 'symbol' ? 'NaN' : primitive(defaults, parseFloat(value))
      case '%j':
        try { return String(JSON.stringify(value)) } catch (error) {
          if (error instanceof TypeError && /circular/i.test(error.message)) return '[Circular]'
          throw error
        }
      case '%o': return inspect(value, Object.assign({}, options, { showHidden: true, showProxy: true, depth: 4 }))
      case '%O': return inspect(value, Object.assign({}, options))
    }
    return '' // %c
  }

  // hasOwnText says that an object, or a class that a plugin wrote, has a toString of its own.
  function hasOwnText(value) {
    if (typeof value.toString !== 'function') return false
    if (Object.prototype.hasOwnProperty.call(value, 'toString')) return true
    if (kind(value) === 'Error' || kind(value) === 'Date') return false
    const builtin = [Object.prototype.toString, Array.prototype.toString, Function.prototype.toString, RegExp.prototype.toString]
    return !builtin.includes(value.toString)
  }

  // ---- the rest

  function promisify(original) {
    if (typeof original !== 'function') throw native.argType('original', 'of type function', original)
    if (original[promisified]) {
      const f = original[promisified]
      if (typeof f !== 'function') throw native.argType('util.promisify.custom', 'of type function', f)
      return Object.defineProperty(f, promisified, { value: f, configurable: true })
    }
    if (original === globalThis.setTimeout) return require('timers/promises').setTimeout
    if (original === globalThis.setImmediate) return require('timers/promises').setImmediate
    function f(...args) {
      return new Promise((resolve, reject) => {
        original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)))
      })
    }
    Object.setPrototypeOf(f, Object.getPrototypeOf(original))
    Object.defineProperty(f, promisified, { value: f, configurable: true })
    return Object.defineProperties(f, Object.getOwnPropertyDescriptors(original))
  }
  promisify.custom = promisified

  function callbackify(original) {
    if (typeof original !== 'function') throw native.argType('original', 'of type function', original)
    return function (...args) {
      const callback = args.pop()
      if (typeof callback !== 'function') throw native.argType('last argument', 'of type function', callback)
      original.apply(this, args).then(
        (value) => process.nextTick(callback, null, value),
        (reason) => {
          if (!reason) {
            const error = native.error('Error', 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value')
            error.reason = reason
            reason = error
          }
          process.nextTick(callback, reason)
        },
      )
    }
  }

  function inherits(constructor, parent) {
    if (constructor === undefined || constructor === null) throw native.argType('ctor', 'of type function', constructor)
    if (parent === undefined || parent === null) throw native.argType('superCtor', 'of type function', parent)
    if (parent.prototype === undefined) throw native.argType('superCtor.prototype', 'of type object', parent.prototype)
    Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true })
    Object.setPrototypeOf(constructor.prototype, parent.prototype)
  }

  const util = {
    format, formatWithOptions, inspect, promisify, callbackify, inherits, types,
    deprecate: (f) => f,
    debuglog: () => Object.assign(() => {}, { enabled: false }),
    debug: () => Object.assign(() => {}, { enabled: false }),
    isDeepStrictEqual: (a, b) => deepEqual(a, b, true),
    stripVTControlCharacters: (text) => String(text).replace(/[\u001b\u009b][[\]()#;?]*(?:(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g, ''),
    toUSVString: (text) => String(text).toWellFormed(),
    isArray: Array.isArray,
    isBoolean: (v) => typeof v === 'boolean', isNull: (v) => v === null, isNullOrUndefined: (v) => v === null || v === undefined,
    isNumber: (v) => typeof v === 'number', isString: (v) => typeof v === 'string', isSymbol: (v) => typeof v === 'symbol',
    isUndefined: (v) => v === undefined, isRegExp: types.isRegExp, isObject: (v) => v !== null && typeof v === 'object', isDate: types.isDate,
    isError: (v) => kind(v) === 'Error' || v instanceof Error, isFunction: (v) => typeof v === 'function',
    isPrimitive: (v) => v === null || (typeof v !== 'object' && typeof v !== 'function'),
    _extend: (target, source) => (source === null || typeof source !== 'object' ? target : Object.assign(target, source)),
    aborted: (signal) => new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }))),
  }
  for (const name of ['TextEncoder', 'TextDecoder']) {
    Object.defineProperty(util, name, { get: () => globalThis[name], enumerable: true, configurable: true })
  }

  // ---- equality, for assert too

  function deepEqual(a, b, strict, pairs = []) {
    if (a === b) return a !== 0 || !strict || Object.is(a, b)
    if (strict ? typeof a !== 'object' || typeof b !== 'object' || a === null || b === null : (a === null || typeof a !== 'object') && (b === null || typeof b !== 'object')) {
      return strict ? Object.is(a, b) : a == b || (a !== a && b !== b)
    }
    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
    const k = kind(a)
    if (k !== kind(b) || Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false
    if (pairs.some(([x, y]) => x === a && y === b)) return true
    pairs = pairs.concat([[a, b]])
    switch (k) {
      case 'Array': if (a.length !== b.length) return false; break
      case 'Date': if (!Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b))) return false; break
      case 'RegExp': if (String(a) !== String(b) || a.lastIndex !== b.lastIndex) return false; break
      case 'Error': if (a.message !== b.message || a.name !== b.name) return false; break
      case 'Boolean': case 'Number': case 'String': case 'BigInt': case 'Symbol': {
        const of = (v) => globalThis[k].prototype.valueOf.call(v)
        if (!Object.is(of(a), of(b))) return false
        break
      }
      case 'TypedArray': if (a.length !== b.length) return false; break
      case 'ArrayBuffer': if (!deepEqual(new Uint8Array(a), new Uint8Array(b), strict)) return false; break
      case 'Native': if (typeof a.href === 'string' && a.href !== b.href) return false; break
      case 'Set': if (!sameSet(a, b, strict, pairs)) return false; break
      case 'Map': if (!sameMap(a, b, strict, pairs)) return false; break
    }
    const keys = Object.keys(a)
    if (keys.length !== Object.keys(b).length) return false
    for (const key of keys) {
      if (!Object.prototype.propertyIsEnumerable.call(b, key) || !deepEqual(a[key], b[key], strict, pairs)) return false
    }
    return !strict || sameSymbols(a, b, pairs)
  }

  function sameSymbols(a, b, pairs) {
    const own = (o) => Object.getOwnPropertySymbols(o).filter((s) => Object.prototype.propertyIsEnumerable.call(o, s))
    const symbols = own(a)
    return symbols.length === own(b).length && symbols.every((s) => Object.prototype.propertyIsEnumerable.call(b, s) && deepEqual(a[s], b[s], true, pairs))
  }

  function sameSet(a, b, strict, pairs) {
    if (a.size !== b.size) return false
    const rest = []
    const open = new Set(b)
    for (const item of a) if (!open.delete(item)) rest.push(item)
    for (const item of rest) {
      let found = false
      for (const other of open) {
        if (!deepEqual(item, other, strict, pairs)) continue
        open.delete(other)
        found = true
        break
      }
      if (!found) return false
    }
    return true
  }

  function sameMap(a, b, strict, pairs) {
    if (a.size !== b.size) return false
    const open = new Map(b)
    for (const [key, value] of a) {
      let match = open.has(key) && deepEqual(value, open.get(key), strict, pairs) ? { key } : null
      if (!match) {
        for (const [other, item] of open) {
          if (deepEqual(key, other, strict, pairs) && deepEqual(value, item, strict, pairs)) { match = { key: other }; break }
        }
      }
      if (!match) return false
      open.delete(match.key)
    }
    return true
  }
  Object.defineProperty(util, 'deepEqual', { value: deepEqual })
  return util
})
