export async function processEvent(event) {
    const again = () => Promise.resolve().then(again)
    if (event.event === 'hostile') await again()
    event.seen = true
    return event
}
