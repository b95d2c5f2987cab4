const { URLSearchParams } = require('url')
exports.processEvent = (event, { config }) => {
  const url = event.properties && event.properties.$current_url
  if (!url) return event
  let parsed
  try {
    parsed = new URL(url)
  } catch (e) {
    console.warn(`cannot parse ${url}`)
    return event
  }
  const ignore = (config.ignore || '').split(',').map((s) => s.trim())
  for (const [key, value] of new URLSearchParams(parsed.search)) {
    if (!ignore.includes(key)) event.properties[`${config.prefix || ''}${key}`] = value
  }
  event.properties.host = parsed.host
  return event
}
