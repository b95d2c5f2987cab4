// @ts-check

/**
 * Runs for every event that left the chain of plugins. What it returns, or changes, reaches nobody.
 *
 * @param {ProcessedPluginEvent} event
 * @param {PluginMeta} meta
 */
export async function onEvent(event, { config }) {
    if (event.event !== 'signup') {
        return
    }
    const answer = await fetch(config.url, {
        method: 'POST',
        headers: { Authorization: `Bearer ${config.apiKey}` },
        body: JSON.stringify({ who: event.distinct_id }),
    })
    if (!answer.ok) {
        throw new Error(`the service said ${answer.status}`)
    }
}
