export function processEvent(event) {
    for (let i = 0; event.event === 'hostile'; i++) console.log('flood', i)
    event.seen = true
    return event
}
