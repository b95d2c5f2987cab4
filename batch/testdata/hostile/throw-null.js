export function processEvent(event) {
    if (event.event === 'hostile') throw null
    event.seen = true
    return event
}
