// @ts-check

/**
 * Runs for every event.
 *
 * @param {PluginEvent} event
 * @param {PluginMeta} meta
 */
export async function processEvent(event, { utils }) {
    await utils.cursor.increment('events')
    return event
}

/**
 * Runs every minute: in a replay, whenever the time of the events passes one.
 *
 * @param {PluginMeta} meta
 */
export async function runEveryMinute({ storage }) {
    console.info('events so far:', await storage.get('events', 0))
}
