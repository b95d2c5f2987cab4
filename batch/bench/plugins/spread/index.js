export function processEvent(event) {
    return { ...event, properties: { ...event.properties, greeting: 'hello', $ip: undefined } }
}
