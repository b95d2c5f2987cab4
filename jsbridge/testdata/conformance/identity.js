// read-only: the smallest plugin
export function processEvent(event) {
  return event
}
