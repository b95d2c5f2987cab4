// toJSON on values, on properties and on the event itself; String and valueOf conversions
class Id { constructor(v) { this.v = v } toJSON() { return `id:${this.v}` } valueOf() { return 42 } toString() { return 'ID' } }
let n = 0
export function processEvent(event) {
  const id = new Id(event.uuid)
  event.id = id
  event.text = [`${id}`, id + 1, id > 41, [id] + '', JSON.stringify({ id, list: [id] })]
  event.dates = { at: new Date(0), list: [new Date(1)], boxed: Object(new Date(2)) }
  event.nested = { toJSON: () => ({ replaced: [new Id(1), undefined, { toJSON: () => 'deep' }] }) }
  event.key = { a: { toJSON(key) { return `key ${key}` } }, list: [{ toJSON: (key) => typeof key + key }] }
  if (event.properties && typeof event.properties === 'object' && !Array.isArray(event.properties)) event.properties.id = id
  return n++ % 2 ? event : { ...event }
}
