// Response and Request objects: text, arrayBuffer, buffer, clone, bodyUsed, JSON that is none; Request given to fetch; all of them as text and as JSON
const urls = ['https://a.example.com/text', 'https://a.example.com/users', 'https://a.example.com/html']

async function processEvent(event) {
  const url = urls[String(event.event).length % urls.length]
  const response = await fetch(new Request(url, { headers: [['a', '1'], ['B', '2']], method: 'POST', body: 'x=' + String(event.event).length }), { headers: { c: '3' } })
  const copy = response.clone()
  const seen = { used: [response.bodyUsed], type: typeof response.headers, entries: [...response.headers.keys()].join() }
  const bytes = await response.arrayBuffer()
  seen.used.push(response.bodyUsed, copy.bodyUsed)
  seen.size = bytes.byteLength
  seen.hex = (await copy.clone().buffer()).toString('hex').slice(0, 20)
  try {
    seen.json = await copy.json()
  } catch (error) {
    seen.json = error.name
  }
  seen.again = await copy.text().catch((error) => error.name)
  const own = new Response('{"a":1}', { status: 202, headers: { 'X-A': 'y' } })
  seen.own = [own.ok, own.status, own.headers.get('x-a'), (await own.json()).a]
  seen.shown = [response, own, new Request(url), new Headers({ a: 'b' })].map((o) => [String(o), JSON.stringify(o), Object.keys(o).length])
  console.log('got ' + response, own)
  const headers = new Headers([['z', '1'], ['a', '2'], ['z', '3']])
  headers.delete('a')
  headers.set('M', 4)
  const pairs = []
  headers.forEach((value, name) => pairs.push(name + '=' + value))
  seen.headers = pairs
  const all = await Promise.all(urls.map((u) => fetch(u).then((r) => r.text())))
  seen.all = all.map((text) => text.length)
  return { ...event, seen }
}

module.exports = { processEvent }
