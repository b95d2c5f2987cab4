export function processEvent(event) {
    const id = event.distinct_id
    return id.charCodeAt(id.length - 1) % 2 === 0 ? null : event
}
