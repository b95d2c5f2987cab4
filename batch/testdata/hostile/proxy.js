export function processEvent(event) {
    if (event.event === 'hostile') {
        return new Proxy({}, { ownKeys() { throw new Error('no keys') }, get() { throw new Error('no values') } })
    }
    event.seen = true
    return event
}
