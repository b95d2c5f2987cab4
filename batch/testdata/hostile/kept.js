let kept
export function processEvent(event) {
    if (kept) kept.event = 'changed after it was returned'
    kept = undefined
    if (event.event === 'hostile') {
        kept = event
        throw new Error('kept')
    }
    event.seen = true
    return event
}
