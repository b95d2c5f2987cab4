// a new event by object spread
export function processEvent(event) {
  return { ...event, properties: { ...event.properties, tagged: true } }
}
