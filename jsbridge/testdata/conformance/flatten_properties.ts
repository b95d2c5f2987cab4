// recursion over nested objects, interfaces, Object.entries
// config: {"separator": "__"}
import type { PluginEvent, PluginMeta } from '@posthog/plugin-scaffold'

interface Config {
  separator: string
}
type Flat = Record<string, unknown>

const isPlain = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)

function flatten(props: Record<string, unknown>, sep: string, path: string[] = [], out: Flat = {}): Flat {
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith('$set')) continue
    const at = [...path, key]
    if (isPlain(value)) flatten(value, sep, at, out)
    else if (path.length > 0) out[at.join(sep)] = value as unknown
  }
  return out
}

export function processEvent(event: PluginEvent, { config }: PluginMeta<{ config: Config }>): PluginEvent {
  if (isPlain(event.properties)) {
    event.properties = { ...event.properties, ...flatten(event.properties, config.separator) }
  }
  return event
}
