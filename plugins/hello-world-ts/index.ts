// A type-only import leaves no trace in the code that runs: the package need not be installed.
import type { Plugin, PluginEvent, PluginMeta } from '@posthog/plugin-scaffold'

interface Config {
    greeting?: string
    bar?: string
}

interface Global {
    greeting?: string
}

type HelloWorld = Plugin<{ config: Config; global: Global }>
type Meta = PluginMeta<HelloWorld>

enum Property {
    Hello = 'hello',
    Bar = 'bar',
}

// Runs once, before the first event. What it leaves in global is there for every event;
// processEvent only reads it, so that each event is treated alone and a replay may use many workers.
export function setupPlugin({ config, global }: Meta): void {
    global.greeting = config.greeting
}

// Runs for every event. Returning the event passes it on, returning null would drop it.
export function processEvent(event: PluginEvent, { config, global }: Meta): PluginEvent | null {
    // Some events, such as $identify, come without properties.
    const properties: Record<string, unknown> = (event.properties ??= {})
    properties[Property.Hello] = event.properties?.[Property.Hello] ?? global.greeting
    properties[Property.Bar] = config.bar
    return event
}
