// Object.freeze, seal, isFrozen, defineProperty on the event; a frozen event returned
export function processEvent(event) {
  Object.defineProperty(event, 'hidden', { value: 1, enumerable: false, configurable: true })
  Object.defineProperty(event, 'computed', { get() { return `${this.event}!` }, enumerable: true })
  if (event.properties && typeof event.properties === 'object') {
    Object.freeze(event.properties)
    event.properties.added = true
    delete event.properties.$lib
    event.frozen = [Object.isFrozen(event.properties), 'added' in event.properties, Object.isSealed(event), Object.isExtensible(event)]
  }
  try {
    ;(function () { 'use strict'; event.properties.strict = 1 })()
  } catch (e) {
    event.strict = e.name
  }
  return Object.freeze(event)
}
