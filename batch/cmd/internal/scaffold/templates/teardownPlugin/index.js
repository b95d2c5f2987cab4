// @ts-check

/**
 * Runs for every event.
 *
 * @param {PluginEvent} event
 * @param {PluginMeta} meta
 */
export function processEvent(event, { global }) {
    global.events = (global.events ?? 0) + 1
    return event
}

/**
 * Runs once, after the last event.
 *
 * @param {PluginMeta} meta
 */
export function teardownPlugin({ global }) {
    console.info('events in all:', global.events ?? 0)
}
