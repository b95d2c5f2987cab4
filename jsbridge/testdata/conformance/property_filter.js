// for-of over a list from the config, delete, optional chaining
// config: {"properties": "$ip, $geoip_latitude,$geoip_longitude , email"}
let propertiesToFilter = []

export function setupPlugin({ config, global }) {
  if (!config.properties) throw new Error('No properties to filter')
  global.propertiesToFilter = config.properties.split(',').map((p) => p.trim())
}

export function processEvent(event, { global }) {
  for (const property of global.propertiesToFilter) {
    if (event.properties?.[property] !== undefined) delete event.properties[property]
    if (property === '$ip' && event.ip) delete event.ip
  }
  return event
}
