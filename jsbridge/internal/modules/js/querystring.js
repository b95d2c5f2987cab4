// querystring. native.escape, unescape and unescapeBuffer do the work that is per byte.
(function (native) {
  function primitive(value) {
    if (typeof value === 'string') return value
    if (typeof value === 'number' && isFinite(value)) return '' + value
    if (typeof value === 'bigint') return '' + value
    if (typeof value === 'boolean') return value ? 'true' : 'false'
    return ''
  }
  const querystring = {
    escape(text) {
      if (typeof text === 'object' && text !== null) text = String(text)
      else if (typeof text !== 'string') text += ''
      return native.escape(text)
    },
    unescape(text) {
      return native.unescape(String(text))
    },
    stringify(object, separator = '&', equals = '=', options = undefined) {
      const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape
      if (object === null || typeof object !== 'object') return ''
      separator = separator || '&'
      equals = equals || '='
      const out = []
      for (const key of Object.keys(object)) {
        const name = encode(primitive(key)) + equals
        const value = object[key]
        if (Array.isArray(value)) for (const item of value) out.push(name + encode(primitive(item)))
        else out.push(name + encode(primitive(value)))
      }
      return out.join(separator)
    },
    parse(text, separator = '&', equals = '=', options = undefined) {
      const object = Object.create(null)
      if (typeof text !== 'string' || text.length === 0) return object
      separator = separator ? separator + '' : '&'
      equals = equals ? equals + '' : '='
      let left = 1000
      if (options && typeof options.maxKeys === 'number') left = options.maxKeys > 0 ? options.maxKeys : Infinity
      const custom = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape
      const decode = (part) => {
        part = part.replace(/\+/g, '%20')
        try { return custom(part) } catch { return querystring.unescape(part) }
      }
      for (const part of text.split(separator)) {
        if (part === '') continue
        if (left-- <= 0) break
        const at = part.indexOf(equals)
        const key = decode(at < 0 ? part : part.slice(0, at))
        const value = at < 0 ? '' : decode(part.slice(at + equals.length))
        if (!(key in object)) object[key] = value
        else if (Array.isArray(object[key])) object[key].push(value)
        else object[key] = [object[key], value]
      }
      return object
    },
    unescapeBuffer(text) {
      return native.unescapeBuffer(String(text))
    },
  }
  querystring.encode = querystring.stringify
  querystring.decode = querystring.parse
  return querystring
})
