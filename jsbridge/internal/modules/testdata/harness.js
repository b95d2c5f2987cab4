// Evaluates the expressions of a list, in Node and in plugreel alike, and shows what they give as
// text: JSON with the values that JSON has not, or the error. Its value is a promise of the texts.
(function (lines, require) {
  const bytes = (view) => Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), (b) => b.toString(16).padStart(2, '0')).join('')
  function show(value, seen) {
    if (value === undefined) return 'undefined'
    if (value === null || typeof value === 'boolean') return String(value)
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
    if (typeof value === 'bigint') return value + 'n'
    if (typeof value === 'symbol') return value.toString()
    if (typeof value === 'function') return 'function ' + value.name
    if (seen.includes(value)) return '<again ' + seen.indexOf(value) + '>'
    seen = seen.concat([value])
    if (value instanceof Error) return error(value)
    if (Array.isArray(value)) return '[' + Array.from(value, (v) => show(v, seen)).join(',') + ']'
    if (value instanceof Date) return 'Date ' + (isNaN(value) ? 'NaN' : value.toISOString())
    if (value instanceof RegExp) return String(value)
    if (value instanceof Map) return 'Map' + show([...value], seen)
    if (value instanceof Set) return 'Set' + show([...value], seen)
    if (value instanceof ArrayBuffer) return 'ArrayBuffer ' + bytes(new Uint8Array(value))
    if (ArrayBuffer.isView(value)) return value.constructor.name + ' ' + bytes(value)
    if (value instanceof URL || value instanceof URLSearchParams) return value.constructor.name + ' ' + value
    return '{' + Object.keys(value).map((k) => JSON.stringify(k) + ':' + show(value[k], seen)).join(',') + '}'
  }
  function error(e) {
    const code = e.code === undefined ? '' : ' ' + e.code
    return 'throws ' + e.name + code + ': ' + e.message
  }
  async function each(line) {
    try {
      const f = new Function('require', 'return ' + line)
      return show(await f(require), [])
    } catch (e) {
      return e !== null && typeof e === 'object' ? error(e) : 'throws ' + String(e)
    }
  }
  async function all() {
    const out = []
    for (const line of lines) out.push((await each(line)).replace(/\n/g, '\\n').toWellFormed())
    return out
  }
  return all()
})
