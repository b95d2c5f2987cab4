// composeWebhook with templates: replace with a function, escapes, truncation by code points, default method
// config: {"template": "*{event}* by {distinct_id} on {properties.$browser|unknown} at {timestamp}", "limit": "40"}
import type { Webhook } from '@posthog/plugin-scaffold'

const escape: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const cut = (text: string, n: number) => ([...text].length > n ? [...text].slice(0, n - 1).join('') + '…' : text)

export function composeWebhook(event: any, { config }: any): Webhook | undefined {
  if (event.event.startsWith?.('$')) return
  const text = config.template.replace(/\{([^}|]+)(?:\|([^}]*))?\}/g, (_: string, path: string, fallback = '') => {
    const value = path.split('.').reduce((o: any, k: string) => o?.[k], event)
    return value instanceof Date ? value.toISOString() : cut(String(value ?? fallback).replace(/[&<>]/g, (c) => escape[c]), +config.limit)
  })
  return { url: `https://hooks.example.com/${encodeURIComponent(event.event)}`, body: JSON.stringify({ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] }), headers: { 'Content-Type': 'application/json', 'X-Length': `${text.length}` } }
}
