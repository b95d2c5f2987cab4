export function processEvent(event) {
    if (event.event === 'hostile') event.deep = JSON.parse('['.repeat(1e7) + ']'.repeat(1e7))
    event.seen = true
    return event
}
