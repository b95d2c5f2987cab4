export function processEvent(event) {
    if (event.event === 'hostile') /^(?=(a+)+$)(a+)+$/.test('a'.repeat(60) + '!')
    event.seen = true
    return event
}
