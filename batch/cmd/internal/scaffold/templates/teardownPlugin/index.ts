interface Global {
    events?: number
}

type Meta = PluginMeta<{}, Global>

// Runs for every event.
export function processEvent(event: PluginEvent, { global }: Meta): PluginEvent {
    global.events = (global.events ?? 0) + 1
    return event
}

// Runs once, after the last event.
export function teardownPlugin({ global }: Meta): void {
    console.info('events in all:', global.events ?? 0)
}
