// strict mode by directive: errors for undeclared names, frozen writes, duplicate deletes
'use strict'
exports.processEvent = function (event) {
  const out = []
  const attempt = (f) => { try { f(); out.push('ok') } catch (e) { out.push(`${e.name}`) } }
  attempt(() => { undeclared = 1 })
  attempt(() => { Object.freeze([1]).push(2) })
  attempt(() => { delete Object.prototype })
  attempt(() => { 'text'.length = 1 })
  attempt(() => { ({ get x() { return 1 } }).x = 2 })
  attempt(() => { (function () { this.x = 1 })() })
  attempt(() => { event.fine = 1 })
  attempt(() => { undefined.x })
  event.strict = out
  event.self = (function () { return this === undefined })()
  return event
}
