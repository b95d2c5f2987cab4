// read-only: enumerates everything, logs totals, changes nothing
let total = 0
const seen: { [type: string]: number } = {}

export function processEvent(event: any) {
  for (const key of Object.keys(event)) total += key.length
  const props = event.properties
  if (props && typeof props === 'object') {
    for (const [key, value] of Object.entries(props)) seen[typeof value] = (seen[typeof value] ?? 0) + key.length
    for (const key in props) if ('' + key in props) total++
    if (props.items?.length > 2) console.log('many items', props.items.map((i: any) => i.price * i.quantity))
  }
  JSON.stringify(event)
  return event
}

export function teardownPlugin() {
  console.log('total', total, seen)
}
