// Runs once, before the first event: what is the same for all requests is worked out here.
export function setupPlugin({ config, global }) {
    if (!/^https?:\/\/[^/]/i.test(config.url)) {
        throw new Error(`url: got "${config.url}", want an address such as https://example.com/events`)
    }
    global.eventsToInclude = names(config.eventsToInclude)
    global.headers = { 'Content-Type': 'application/json' }
    if (config.apiKey) {
        global.headers['Authorization'] = `Bearer ${config.apiKey}`
    }
}

// Runs for every event that left the chain. It must give its answer at once: no promises, no fetch.
// Returning null sends nothing for this event.
export function composeWebhook(event, { config, global }) {
    if (global.eventsToInclude.length > 0 && !global.eventsToInclude.includes(event.event)) {
        return null
    }
    const { uuid, event: name, distinct_id, team_id, timestamp, properties } = event
    return {
        url: config.url,
        method: config.method,
        headers: global.headers,
        body: JSON.stringify({ uuid, event: name, distinct_id, team_id, timestamp, properties }),
    }
}

// names splits "a, b,, c" into ["a", "b", "c"].
function names(list) {
    return (list ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
}
