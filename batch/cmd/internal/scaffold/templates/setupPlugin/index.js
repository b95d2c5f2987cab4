// @ts-check

/**
 * Runs once, before the first event: what is the same for all events is worked out here. An error
 * ends the replay before it begins.
 *
 * @param {PluginMeta} meta
 */
export function setupPlugin({ config, global }) {
    global.names = config.events.split(',').map((name) => name.trim())
    if (global.names.includes('')) {
        throw new Error(`events: got "${config.events}", want names with commas between them`)
    }
}

/**
 * Runs for every event. Returning the event passes it on, returning null drops it.
 *
 * @param {PluginEvent} event
 * @param {PluginMeta} meta
 */
export function processEvent(event, { global }) {
    return global.names.includes(event.event) ? event : null
}
