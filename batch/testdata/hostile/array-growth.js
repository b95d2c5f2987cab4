export function processEvent(event) {
    for (const kept = []; event.event === 'hostile'; ) kept.push(new Array(1000).fill(kept.length))
    event.seen = true
    return event
}
