export async function processEvent(event) {
    if (event.event === 'hostile') await new Promise(() => {})
    event.seen = true
    return event
}
