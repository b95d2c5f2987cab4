import { Api } from './api'
import { isEmail } from './email'
export interface Meta { config: { key: string }; global: { api?: Api } }
export const setupPlugin = ({ config, global }: Meta): void => { global.api = new Api(config.key) }
export async function onEvent(event: { event: string; properties?: Record<string, unknown> }, { global }: Meta) {
  const email = event.properties?.email
  if (!isEmail(email)) return
  await global.api!.upsert({ email })
}
