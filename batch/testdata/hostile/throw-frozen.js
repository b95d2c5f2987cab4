export function processEvent(event) {
    if (event.event === 'hostile') throw Object.freeze({ message: 'frozen' })
    event.seen = true
    return event
}
