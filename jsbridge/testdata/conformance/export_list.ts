// export { a as b }, export const with arrow, type-only imports and exports, import of the scaffold
import { PluginEvent, RetryError } from '@posthog/plugin-scaffold'
import type { PluginMeta as Meta } from '@posthog/plugin-scaffold'
export type { PluginEvent }
export interface Options { readonly mode?: 'a' | 'b' }
declare const unknownGlobal: string

const run = (event: PluginEvent, _meta: Meta) => {
  if (event.event === 'heartbeat') throw new RetryError('not now')
  const retry = new RetryError('x')
  return { ...event, retry: [retry instanceof Error, retry.name, retry.message, typeof unknownGlobal] }
}
export { run as processEvent }
export const version: number = 1_000
