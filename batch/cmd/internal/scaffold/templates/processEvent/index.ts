interface Config {
    greeting: string
    drop: string
}

// Runs for every event. Returning the event passes it on, returning null drops it.
export function processEvent(event: PluginEvent, { config }: PluginMeta<Config>): PluginEvent | null {
    if (event.event === config.drop) {
        return null
    }
    event.properties ??= {} // some events, such as $identify, come without
    event.properties.greeting = config.greeting
    return event
}
