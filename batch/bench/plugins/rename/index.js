export function processEvent(event) {
    const properties = event.properties
    if (properties && properties.$referrer !== undefined) {
        properties.referrer = properties.$referrer
        delete properties.$referrer
    }
    return event
}
