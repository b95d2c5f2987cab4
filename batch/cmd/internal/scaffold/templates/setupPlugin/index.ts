interface Config {
    events: string
}

interface Global {
    names: string[]
}

type Meta = PluginMeta<Config, Global>

// Runs once, before the first event: what is the same for all events is worked out here. An error
// ends the replay before it begins.
export function setupPlugin({ config, global }: Meta): void {
    global.names = config.events.split(',').map((name) => name.trim())
    if (global.names.includes('')) {
        throw new Error(`events: got "${config.events}", want names with commas between them`)
    }
}

// Runs for every event. Returning the event passes it on, returning null drops it.
export function processEvent(event: PluginEvent, { global }: Meta): PluginEvent | null {
    return global.names.includes(event.event) ? event : null
}
