// odds and ends of Node: util, events, path, querystring, assert, structuredClone, text coders, AbortController
const util = require('util')
const EventEmitter = require('events')
const path = require('path')
const querystring = require('querystring')
const assert = require('assert')

const bus = new EventEmitter()
bus.on('seen', (event, n) => { event.heard = n })
bus.once('seen', () => {})

exports.processEvent = (event) => {
  bus.emit('seen', event, bus.listenerCount('seen') > 0)
  const pathname = (event.properties && event.properties.$pathname) || '/a/../b.html'
  event.paths = typeof pathname === 'string' ? [path.normalize(pathname), path.basename(pathname), path.extname(pathname), path.join('/x', pathname, '..')] : []
  event.query = querystring.stringify({ a: [1, 2], b: 'ü', c: '' })
  event.parsed = Object.assign({}, querystring.parse('a=1&a=2&b=%C3%BC'))
  event.text = util.format('%s %d %j %%', event.event, 42, { a: 1 })
  event.inspected = util.inspect({ a: [1, 'x', null], b: new Map([[1, { c: 2 }]]) }, { breakLength: Infinity })
  event.clone = structuredClone({ d: new Date(0), s: new Set([1]), n: { a: [1] } }).n
  event.coded = [new TextDecoder().decode(new TextEncoder().encode('é😀')), btoa('hi'), atob('aGk=')]
  event.equal = util.isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })
  event.failed = (() => { try { assert.strictEqual(1, 2) } catch (e) { return [e.name, e.code, e.actual, e.expected] } })()
  const abort = new AbortController()
  abort.abort()
  event.aborted = abort.signal.aborted
  return event
}
