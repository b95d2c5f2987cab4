// fetch in onEvent: POST of JSON, forms and buffers, status codes, RetryError for those that may pass
import { RetryError } from '@posthog/plugin-scaffold'

const paths = ['/created', '/busy', '/broken', '/missing', '/echo', '/refused']

export async function onEvent(event) {
  const path = paths[event.event.length % paths.length]
  const options = {
    method: ['POST', 'put', 'PATCH'][String(event.distinct_id).length % 3],
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + event.event.length },
    body: JSON.stringify({ event: event.event, n: Object.keys(event.properties || {}).length }),
    timeout: 5000,
  }
  if (path === '/echo') {
    delete options.headers['Content-Type']
    if (event.event.length % 2) options.body = new URLSearchParams({ event: event.event, 'a b': '&=é' })
    else options.body = Buffer.from('ab\u00e9')
  }
  const response = await fetch('https://sink.example.com' + path, options)
  if (response.status === 429) throw new RetryError('wait for ' + response.headers.get('retry-after'))
  if (response.status >= 500) throw new RetryError(`${response.status} ${response.statusText}`)
  if (!response.ok) throw new Error((await response.json()).error)
  console.log(response.status, response.url, path === '/echo' ? await response.json() : (await response.text()).length)
}
