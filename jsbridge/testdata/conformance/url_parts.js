// a URL taken apart by a regular expression with groups, decodeURIComponent in try
const urlPattern = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/(?:([^@\/?#]*)@)?([^\/?#:]*)(?::(\d+))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i

function decode(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch (e) {
    return `${e.name}:${text}`
  }
}

export function processEvent(event) {
  const url = event.properties && event.properties.$current_url
  if (typeof url !== 'string') return event
  const [, scheme, user, host, port, path, query, hash] = urlPattern.exec(url) || []
  event.properties.url = { scheme, user, host, port: port && Number(port), path, hash }
  event.properties.segments = (path || '').split('/').filter(Boolean).map(decode)
  event.properties.query = {}
  for (const pair of (query || '').split('&')) {
    if (!pair) continue
    const at = pair.indexOf('=')
    const key = decode(at < 0 ? pair : pair.slice(0, at))
    event.properties.query[key] = at < 0 ? null : decode(pair.slice(at + 1))
  }
  return event
}
