// A back-reference makes the engine back-track, where nothing can interrupt it.
export function processEvent(event) {
    if (event.event === 'hostile') /^(([a-z])+.)+\2[A-Z]([a-z])+$/.test('a'.repeat(60))
    event.seen = true
    return event
}
