export function processEvent(event) {
    if (event.event === 'hostile') throw 'a string'
    event.seen = true
    return event
}
