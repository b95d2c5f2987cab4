export function processEvent(event) {
    if (event.properties) {
        delete event.properties.$ip
        delete event.properties.$window_id
        delete event.properties.$insert_id
    }
    return event
}
