// URL, URLSearchParams and the module url, as attribution plugins use them
const url = require('url')
const { URLSearchParams: Params } = url

export function processEvent(event) {
  const text = event.properties && event.properties.$current_url
  if (typeof text !== 'string') return event
  try {
    const u = new URL(text, 'https://base.example/dir/page?x=1')
    u.searchParams.delete('utm_term')
    u.searchParams.append('added', 'ä b&c')
    u.hash = 'frag ment'
    event.properties.url = { href: u.href, origin: u.origin, host: u.host, port: u.port, path: u.pathname, search: u.search, json: JSON.stringify({ u }) }
    event.properties.params = [...u.searchParams].slice(0, 5)
  } catch (e) {
    event.properties.url = `${e.name}: ${e.code}`
  }
  const old = url.parse(text, true)
  event.properties.parsed = { protocol: old.protocol, host: old.host, path: old.path, query: Object.assign({}, old.query), again: url.format(old) }
  event.properties.sorted = (() => { const p = new Params(old.search || ''); p.sort(); return p.toString() })()
  event.properties.bad = (() => { try { return new URL('not a url') } catch (e) { return [e.name, e.code] } })()
  return event
}
