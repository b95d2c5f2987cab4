// read-only: drops by several rules, never writes
module.exports = {
  processEvent: (event, { config }) => {
    const url = (event.properties || {}).$current_url
    if (typeof url === 'string' && url.indexOf('utm_') > 0) return null
    if (event.distinct_id && /^\d/.test(event.distinct_id)) return undefined
    return event
  },
}
