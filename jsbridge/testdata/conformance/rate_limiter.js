// a token bucket by the clock, state in global, timeouts as plain numbers
// config: {"perMinute": "20", "burst": "5"}
export function setupPlugin({ config, global }) {
  global.perMs = parseInt(config.perMinute, 10) / 60000
  global.burst = ~~config.burst
  global.buckets = Object.create(null)
}

export function processEvent(event, { global }) {
  const now = Date.now()
  const bucket = (global.buckets[event.event] = global.buckets[event.event] || { tokens: global.burst, at: now })
  bucket.tokens = Math.min(global.burst, bucket.tokens + (now - bucket.at) * global.perMs)
  bucket.at = now
  if (bucket.tokens < 1) {
    console.warn(`limited ${event.event} at ${new Date(now).toISOString()}`)
    return null
  }
  bucket.tokens -= 1
  event.tokens = bucket.tokens
  event.minute = Math.floor(now / 60000)
  event.day = new Date().toISOString().substring(0, 10)
  return event
}
