// composeWebhook: timestamp is a Date, JSON body, headers by config, null for some
// config: {"url": "https://hooks.example.com/in", "token": "t0ken"}
import { PostHogEvent, Webhook } from '@posthog/plugin-scaffold'

export function composeWebhook(event: PostHogEvent, { config }: any): Webhook | null {
  if (event.event === '$autocapture') return null
  if (event.event === 'purchase') {
    return { url: `${config.url}/orders`, method: 'PUT', headers: { Authorization: `Bearer ${config.token}`, 'X-Total': (event.properties as any).total }, body: JSON.stringify(event) }
  }
  return {
    url: config.url,
    body: JSON.stringify({ ...event, at: event.timestamp, isDate: event.timestamp instanceof Date, day: event.timestamp?.getUTCDay?.() }, null, 2),
  }
}
