export function processEvent(event) {
    const deeper = (n) => deeper(n + 1) + 1
    if (event.event === 'hostile') deeper(0)
    event.seen = true
    return event
}
