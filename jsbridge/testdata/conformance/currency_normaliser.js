// currency amounts: parseFloat, toFixed, Math, rates by literal table
const rates = { USD: 1, EUR: 0.92, GBP: 0.79, JPY: 148.5, CHF: 0.88 }
const decimals = { JPY: 0 }

export function setupPlugin({ config, global }) {
  global.to = (config.to || 'eur').toUpperCase()
}

function parseAmount(value) {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return NaN
  let text = value.replace(/[^\d.,-]/g, '')
  const comma = text.lastIndexOf(','), dot = text.lastIndexOf('.')
  text = comma > dot ? text.replace(/\./g, '').replace(',', '.') : text.replace(/,/g, '')
  return parseFloat(text)
}

export function processEvent(event, { global }) {
  const p = event.properties
  if (!p) return event
  for (const key of ['total', 'price', 'amount', 'neg', 'revenue']) {
    const amount = parseAmount(p[key])
    if (Number.isNaN(amount)) continue
    const from = String(p.currency || 'USD').toUpperCase()
    const rate = rates[global.to] / (rates[from] ?? 1)
    const digits = decimals[global.to] ?? 2
    p[`normalized_${key}`] = Number((amount * rate).toFixed(digits))
    p[`${key}_raw`] = amount * rate
    p[`${key}_text`] = (amount * rate).toFixed(digits) + ' ' + global.to
    p[`${key}_cents`] = Math.round(amount * rate * 100)
  }
  if (Array.isArray(p.items)) p.items_total = p.items.reduce((sum, { price = 0, quantity = 1 }) => sum + price * quantity, 0)
  return event
}
