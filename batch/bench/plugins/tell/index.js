export function processEvent(event) {
    if (event.event === '$pageview') {
        event.properties.viewed = true
    }
    return event
}
