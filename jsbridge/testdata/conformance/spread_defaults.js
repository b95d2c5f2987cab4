// objects spread over each other: defaults below, defaults above, text, lists, undefined, null, the event itself
const defaults = { plan: 'free', $browser: null, 10: 'ten', seats: undefined }
const list = ['first', 'second']
const text = 'xy'

export function processEvent(event) {
  const properties = event.properties
  const empty = event.nothing
  const set = event.$set
  return {
    ...event,
    below: { ...defaults, ...properties },
    above: { ...properties, ...defaults },
    both: { ...properties, ...defaults, plan: 'pro' },
    itself: { ...properties, ...properties },
    person: { ...properties, ...set },
    list: { ...properties, ...list },
    text: { ...properties, ...text },
    none: { ...properties, ...empty },
    names: Object.keys({ ...properties, ...defaults }).join(),
  }
}
