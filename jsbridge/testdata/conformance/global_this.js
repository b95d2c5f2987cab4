// global, globalThis, typeof of absent names, properties added to prototypes, Function and eval habits
String.prototype.capitalize = function () { return this.charAt(0).toUpperCase() + this.slice(1) }
Object.defineProperty(Array.prototype, 'last', { get() { return this[this.length - 1] }, configurable: true })
globalThis.shared = { n: 0 }

export function processEvent(event) {
  shared.n++
  event.g = { cap: 'word'.capitalize(), last: [1, 2, 3].last, same: global === globalThis, n: global.shared.n, absent: [typeof window, typeof document, typeof nope], own: 'shared' in globalThis, fn: new Function('a', 'b', 'return a * b')(6, 7), call: Math.max.apply(Math, [1, 5]), bound: ((x, y) => x + y).bind(null, 1)(2), isNaN: [isNaN('x'), Number.isNaN('x'), isFinite('5')], undef: typeof undefined, inf: 1 / 0 > 1e308 }
  return event
}
