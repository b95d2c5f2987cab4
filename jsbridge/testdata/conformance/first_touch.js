// first-touch attribution: objects as tables, ||=, ??=, hasOwnProperty
const touched = {}
const keys = ['utm_source', 'utm_medium', '$referrer', '$current_url']

export const processEvent = (event) => {
  const props = event.properties
  if (!props || typeof props !== 'object') return event
  const seen = (touched[event.distinct_id] ||= {})
  for (const key of keys) {
    if (Object.prototype.hasOwnProperty.call(props, key)) seen[key] ??= props[key]
    const initial = `initial_${key.replace('$', '')}`
    if (seen[key] != null && !(initial in props)) props[initial] = seen[key]
  }
  props.$set_once = { ...seen, ...props.$set_once }
  return event
}
