import crypto from 'crypto'
import { URL } from 'url'

export function setupPlugin({ config, global }) {
  const url = new URL(config.url)
  if (url.protocol !== 'https:') throw new Error('The URL must be https')
  global.headers = { 'content-type': 'application/json', ...(config.secret ? { 'x-secret': config.secret } : {}) }
}

export async function onEvent(event, { config, global, storage }) {
  const body = JSON.stringify({ id: event.uuid, name: event.event })
  const signature = crypto.createHmac('sha256', config.secret || '').update(body).digest('hex')
  const response = await fetch(config.url, { method: 'POST', headers: { ...global.headers, 'x-signature': signature }, body })
  if (!response.ok) {
    console.error('webhook failed', response.status)
    throw new RetryableError(response.status)
  }
  await storage.set('last', event.uuid)
  posthog.capture('webhook sent', { event: event.event })
}

export class RetryableError extends Error {
  constructor(status) {
    super(`status ${status}`)
    this.name = 'RetryableError'
    this.status = status
  }
}
