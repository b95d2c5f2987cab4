interface Config {
    url: string
}

// Runs for every event that left the chain of plugins. It must answer at once: no promises, no
// fetch. Returning null sends nothing for this event.
export function composeWebhook(event: PostHogEvent, { config }: PluginMeta<Config>): Webhook | null {
    if (event.event !== 'signup') {
        return null
    }
    return {
        url: config.url,
        body: JSON.stringify({ text: `${event.distinct_id} has signed up`, at: event.timestamp }),
    }
}
