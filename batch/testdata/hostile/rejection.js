export async function processEvent(event) {
    if (event.event === 'hostile') await Promise.reject(new Error('rejected'))
    event.seen = true
    return event
}
