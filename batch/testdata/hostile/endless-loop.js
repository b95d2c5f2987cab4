// Interrupt can stop this one.
export function processEvent(event) {
    while (event.event === 'hostile');
    event.seen = true
    return event
}
