// node-fetch by default and named imports: lookups with a cache, headers, errors that become properties
import fetch, { Headers, Response } from 'node-fetch'
import { PluginEvent, PluginMeta } from '@posthog/plugin-scaffold'

interface User { id: number; name: string | null }

async function users(meta: PluginMeta): Promise<User[]> {
  const cached = await (meta as any).cache.get('users', null)
  if (cached) return cached
  const headers = new Headers({ Accept: 'application/json', 'X-Key': 'k' })
  headers.append('x-key', 'l')
  const response: Response = await fetch('https://api.example.com/users?page=1', { headers })
  if (!response.ok) throw new Error(`got ${response.status}`)
  const { users } = await response.json()
  console.log(response.headers.get('X-Total'), response.headers.has('content-type'), response.headers.get('nothing'))
  await (meta as any).cache.set('users', users, 60)
  return users
}

export async function processEvent(event: PluginEvent, meta: PluginMeta) {
  const list = await users(meta)
  const user = list[String(event.distinct_id).length % list.length]
  event.properties = { ...event.properties, user_name: user.name ?? 'nobody' }
  if (event.event === '$identify') {
    try {
      await fetch('https://down.example.com/refused', { method: 'DELETE' })
    } catch (error) {
      event.properties.lookup = `${error.name}: ${error.message}`
    }
  }
  return event
}
