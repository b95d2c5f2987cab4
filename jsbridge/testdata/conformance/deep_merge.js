// deep merge of defaults into properties: recursion, Array.isArray, typeof
const defaults = { $set: { plan: 'free', tags: ['a'] }, company: { size: 1, address: { country: 'XX', zip: null } }, filters: { price: { max: 10, currency: 'EUR' } }, o: { x: { y: 1 } } }

const isObject = (x) => x !== null && typeof x === 'object' && !Array.isArray(x)

function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (isObject(source[key])) {
      if (!isObject(target[key])) target[key] = {}
      merge(target[key], source[key])
    } else if (Array.isArray(source[key])) {
      target[key] = [...(target[key] ?? []), ...source[key]]
    } else if (!(key in target)) {
      target[key] = source[key]
    }
  }
  return target
}

export const processEvent = (event) => {
  if (!isObject(event.properties)) return event
  if ('$set' in event.properties && !isObject(event.properties.$set)) return event
  if (event.event.length % 2) merge(event.properties, defaults)
  else event.properties = merge(merge({}, event.properties), defaults)
  return event
}
