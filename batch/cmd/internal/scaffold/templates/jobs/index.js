// @ts-check

/**
 * Runs for every event. What is to be done later is put off under the name of a job.
 *
 * @param {PluginEvent} event
 * @param {PluginMeta} meta
 */
export async function processEvent(event, { jobs }) {
    if (event.event === 'signup') {
        await jobs.remind({ who: event.distinct_id }).runIn(1, 'day')
    }
    return event
}

/** Jobs run when their time has come: in a replay, when the time of the events has. */
export const jobs = {
    /**
     * @param {{ who: string }} payload
     * @param {PluginMeta} meta
     */
    remind({ who }, meta) {
        console.info('a day ago:', who)
    },
}
