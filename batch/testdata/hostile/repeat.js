export function processEvent(event) {
    if (event.event === 'hostile') event.long = 'x'.repeat(2 ** 33)
    event.seen = true
    return event
}
