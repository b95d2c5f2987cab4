// @ts-check

/**
 * Runs for every event. Returning the event passes it on, returning null drops it.
 *
 * @param {PluginEvent} event
 * @param {PluginMeta} meta
 */
export function processEvent(event, { config }) {
    if (event.event === config.drop) {
        return null
    }
    event.properties ??= {} // some events, such as $identify, come without
    event.properties.greeting = config.greeting
    return event
}
