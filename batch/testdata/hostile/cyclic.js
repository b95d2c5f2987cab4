export function processEvent(event) {
    if (event.event === 'hostile') {
        const cycle = {}
        cycle.self = cycle
        return { event: 'cycle', properties: cycle }
    }
    event.seen = true
    return event
}
