// nothing is exported: a top-level function is the hook; var, function hoisting, sloppy mode
var prefix = 'bare'
counter = 0

function setupPlugin(meta) {
  meta.global.started = prefix
}

function processEvent(event, { global }) {
  counter++
  event[prefix + '_n'] = counter
  event.sloppy = (function () { return this !== undefined })()
  event.started = global.started
  return decorate(event)
}

function decorate(event) {
  delete event.properties
  return event
}
