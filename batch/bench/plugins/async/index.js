const greeting = Promise.resolve('hello')

export async function processEvent(event) {
    event.properties ??= {}
    event.properties.greeting = await greeting
    event.properties.seen = event.properties.$os ?? 'unknown'
    return event
}
