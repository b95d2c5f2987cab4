// @ts-check

/**
 * Runs for every event that left the chain of plugins. It must answer at once: no promises, no
 * fetch. Returning null sends nothing for this event.
 *
 * @param {PostHogEvent} event
 * @param {PluginMeta} meta
 * @returns {Webhook | null}
 */
export function composeWebhook(event, { config }) {
    if (event.event !== 'signup') {
        return null
    }
    return {
        url: config.url,
        body: JSON.stringify({ text: `${event.distinct_id} has signed up`, at: event.timestamp }),
    }
}
