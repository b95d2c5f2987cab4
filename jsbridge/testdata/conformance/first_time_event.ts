// the first-time-event-tracker plugin: storage by event and person, awaited one after the other
import { Plugin, PluginMeta, PluginEvent, StorageExtension } from '@posthog/plugin-scaffold'

type FirstTime = Plugin<{ config: { events: string }; global: { events: Set<string> } }>
type Meta = PluginMeta<FirstTime> & { storage: StorageExtension }

export const setupPlugin: FirstTime['setupPlugin'] = async ({ config, global, storage }: Meta) => {
  global.events = new Set((config.events ?? '$pageview,signup,purchase').split(',').map((e) => e.trim()))
  await storage.set('settings', { at: new Date(), events: [...global.events], skip: undefined, odd: [NaN, undefined, new Map()] })
}

export const processEvent: FirstTime['processEvent'] = async (event: PluginEvent, { global, storage }: Meta) => {
  if (!global.events.has(event.event)) return event
  const settings: any = await storage.get('settings', null)
  const seen = await storage.get(`seen_${event.event}`, false)
  const person = `person_${event.event}_${event.distinct_id}`
  const first = !(await storage.get(person, undefined))
  await Promise.all([storage.set(`seen_${event.event}`, true), first && storage.set(person, { uuid: event.uuid, at: event.timestamp })])
  event.properties = { ...event.properties, is_first_event_ever: !seen, is_first_event_for_user: first, settings, known: await storage.get(person, 'none') }
  return event
}
