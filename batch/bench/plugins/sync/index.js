const greeting = 'hello'

export function processEvent(event) {
    event.properties ??= {}
    event.properties.greeting = greeting
    event.properties.seen = event.properties.$os ?? 'unknown'
    return event
}
