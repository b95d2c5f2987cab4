// habits from Node and browsers: typeof guards, module checks, legacy string and date methods, weak references
// needs: String.prototype.isWellFormed, WeakRef
const inBrowser = typeof window !== 'undefined' && typeof document !== 'undefined'
const ref = typeof WeakRef === 'function' ? new WeakRef({ alive: true }) : null
const root = typeof globalThis !== 'undefined' ? globalThis : typeof self !== 'undefined' ? self : this
if (typeof module !== 'undefined' && typeof define !== 'function') module.exports.kind = 'cjs'

module.exports.processEvent = function (event) {
  var s = String((event.properties || {}).title || event.event)
  event.habits = {
    browser: inBrowser, ref: ref && ref.deref().alive, root: typeof root.Object, old: [s.substr(1, 3), escape(s), new Date(0).toGMTString()],
    formed: [s.isWellFormed(), ('\ud800' + s).isWellFormed(), '\ud800x'.toWellFormed().charCodeAt(0)],
    args: (function () { return [].slice.call(arguments, 1).concat(Array.prototype.slice.apply(arguments)) })(1, 2, 3), has: {}.hasOwnProperty.call(event, 'uuid'), bool: !!s, num: +'12', str: '' + 12, floor: ~~12.7, now: +new Date(), typeof: typeof null, void: void 0 === undefined, same: [1, 2].indexOf(2) > -1,
  }
  return event
}
