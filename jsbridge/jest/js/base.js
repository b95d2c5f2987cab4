// What the other scripts use, taken before a test can replace it.
(function (core) {
  const { toString, hasOwnProperty } = Object.prototype
  core.Date = Date
  core.Math = Math
  core.Promise = Promise
  core.Error = Error
  core.Buffer = undefined
  core.real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, queueMicrotask }
  core.tag = (v) => toString.call(v)
  core.own = (o, key) => hasOwnProperty.call(o, key)
  core.isObject = (v) => v !== null && typeof v === 'object'
  core.isError = (v) => {
    const tag = toString.call(v)
    return tag === '[object Error]' || tag === '[object DOMException]' || v instanceof core.Error
  }

  // reworded gives an error that the engine raised the words of V8, where the source tells them. The engine
  // does not say whether something was undefined or null: it was what is expected, or undefined.
  const wordings = new WeakMap()
  const wordsOf = (expected) => (core.isError(expected) ? expected.message : core.tag(expected) === '[object RegExp]' ? expected.source : expected)
  core.reworded = function (e, expected) {
    if (!core.isError(e) || !['TypeError', 'ReferenceError', 'URIError'].includes(e.name)) return e
    if (!wordings.has(e)) wordings.set(e, { words: core.native.wording(e), last: e.message })
    const wording = wordings.get(e)
    if (e.message === wording.last && e.message !== wording.words) {
      wording.last = e.message = wording.words.replace('undefined or null', /\bnull\b/.test(wordsOf(expected)) ? 'null' : 'undefined')
    }
    return e
  }
  core.isPromise = (v) => v != null && (typeof v === 'object' || typeof v === 'function') && typeof v.then === 'function'
  core.isA = (type, v) => toString.call(v) === `[object ${type}]`

  // type names a value as messages do.
  core.type = function (v) {
    if (v === undefined) return 'undefined'
    if (v === null) return 'null'
    if (Array.isArray(v)) return 'array'
    if (typeof v !== 'object') return typeof v
    if (v.constructor === RegExp) return 'regexp'
    if (v.constructor === Map) return 'map'
    if (v.constructor === Set) return 'set'
    if (v.constructor === core.Date) return 'date'
    return 'object'
  }
  core.isPrimitive = (v) => v === null || (typeof v !== 'object' && typeof v !== 'function')

  // plural is "1 thing", "2 things".
  core.count = (n) => ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'][n] || String(n)
  core.plural = (word, n) => `${core.count(n)} ${word}${n === 1 ? '' : 's'}`
})
