// Runs once, before the first event. What it leaves in global is there for every event;
// processEvent only reads it, so that each event is treated alone and a replay may use many workers.
export function setupPlugin({ config, global }) {
    global.greeting = config.greeting
}

// Runs for every event. Returning the event passes it on, returning null would drop it.
export function processEvent(event, { config, global }) {
    // Some events, such as $identify, come without properties.
    if (!event.properties) {
        event.properties = {}
    }
    event.properties['hello'] = event.properties['hello'] ?? global.greeting
    event.properties['bar'] = config.bar
    return event
}
