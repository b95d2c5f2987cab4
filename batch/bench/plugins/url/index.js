export function processEvent(event) {
    event.properties ??= {}
    const text = event.properties.$current_url
    if (typeof text !== 'string') {
        return event
    }
    let url
    try {
        url = new URL(text)
    } catch {
        return event
    }
    event.properties.host = url.hostname
    event.properties.path = url.pathname
    for (const [key, value] of url.searchParams) {
        event.properties['query_' + key] = value
    }
    url.search = ''
    url.hash = ''
    event.properties.$current_url = url.toString()
    return event
}
