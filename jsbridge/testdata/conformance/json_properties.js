// JSON.parse of string properties, SyntaxErrors by name, reviver
export function processEvent(event) {
  const props = event.properties
  if (!props || typeof props !== 'object') return event
  const errors = []
  for (const key of Object.keys(props)) {
    if (typeof props[key] !== 'string' || !/^[[{"\d]|^null$/.test(props[key])) continue
    try {
      const value = JSON.parse(props[key], (k, v) => (typeof v === 'number' ? v * 2 : k === 'b' ? undefined : v))
      if (typeof value === 'object') props[key + '_parsed'] = value
    } catch (e) {
      errors.push(`${key}:${e.name}:${e instanceof SyntaxError}`)
    }
  }
  if (errors.length) props.errors = errors
  return event
}
