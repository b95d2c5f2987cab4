export function processEvent(event) {
    if (event.event === 'hostile') {
        return { event: 'getter', properties: { get x() { throw new Error('from a getter') } } }
    }
    event.seen = true
    return event
}
