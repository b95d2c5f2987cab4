// merging ids with union-find over $identify events; arrow chains; Array.from(map)
const parent = new Map()
const find = (x) => {
  while (parent.has(x) && parent.get(x) !== x) {
    parent.set(x, parent.get(parent.get(x)) ?? parent.get(x))
    x = parent.get(x)
  }
  return x
}
const union = (a, b) => { const [x, y] = [find(a), find(b)].sort(); if (x !== y) parent.set(y, x) }

export function onEvent(event) {
  if (event.event === '$identify') console.log('known', parent.size, find(event.distinct_id) === event.distinct_id)
}

export function processEvent(event) {
  const { distinct_id: id, properties: { $anon_distinct_id: anon, $device_id: device } = {} } = event.properties === null ? {} : event
  if (anon) union(id, anon)
  if (device && device !== id) union(device, id)
  event.person_key = find(id)
  event.cluster = Array.from(parent.keys()).filter((k) => find(k) === event.person_key).length
  return event
}
