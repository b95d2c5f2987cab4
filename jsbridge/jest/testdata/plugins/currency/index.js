import fetch from 'node-fetch'

const DAY = 24 * 60 * 60 * 1000

export async function setupPlugin({ config, global }) {
  if (!config.apiKey) throw new Error('apiKey is missing')
  global.rate = async (base, to, cache) => {
    const stored = await cache.get(`rates:${base}`)
    if (stored && stored.until > Date.now()) return stored.rates[to]
    const response = await fetch(`https://rates.example/latest?base=${base}&key=${config.apiKey}`)
    const { rates } = await response.json()
    cache.set(`rates:${base}`, { rates, until: Date.now() + DAY })
    return rates[to]
  }
}

export async function processEvent(event, { global, cache, config }) {
  const { amount, currency } = event.properties || {}
  if (typeof amount !== 'number' || !currency) return event
  const rate = await global.rate(currency, config.target, cache)
  if (rate) event.properties[`amount_${config.target.toLowerCase()}`] = Math.round(amount * rate * 100) / 100
  return event
}
