export function processEvent(event) {
    for (let text = 'x'; event.event === 'hostile'; ) text = (text + text).replace(/y/g, '')
    event.seen = true
    return event
}
