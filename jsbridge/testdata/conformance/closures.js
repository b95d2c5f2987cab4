// closures, IIFE, hoisting, currying, memoisation, recursion, arguments
var counter = (function () {
  var counts = {}
  return function (name) {
    counts[name] = (counts[name] || 0) + 1
    return counts[name]
  }
})()
const memo = (f, cache = new Map()) => (x) => (cache.has(x) ? cache.get(x) : (cache.set(x, f(x)), cache.get(x)))
const fib = memo((n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)))
const curry = (f) => (...a) => (a.length >= f.length ? f(...a) : curry(f.bind(null, ...a)))
const add3 = curry((a, b, c) => a + b + c)

exports.processEvent = function processEvent(event, meta) {
  var fs = []
  for (var i = 0; i < 3; i++) fs.push(function () { return i })
  for (let j = 0; j < 3; j++) fs.push(() => j)
  event.closures = { nth: counter(String(event.event)), fib: fib(String(event.event).length), add: add3(1)(2)(3), fs: fs.map((f) => f()), args: count.apply(null, [1, 2, 3]), hoisted: typeof later, names: [processEvent.name, processEvent.length, add3.name] }
  return event
  function count() { return arguments.length + [].slice.call(arguments, 1).length }
  var later = 1
}
