// dates and numbers for people, in en-US and en-GB: toLocale…, Intl.DateTimeFormat, Intl.NumberFormat
const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' })
const short = new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' })

export function processEvent(event) {
  const at = new Date(event.timestamp)
  if (isNaN(at)) return event
  event.dates = [
    at.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
    at.toLocaleDateString('en-US', { month: 'short', day: '2-digit', timeZone: 'UTC' }),
    at.toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' }),
    at.toLocaleString('en-GB', { timeZone: 'UTC' }), short.format(at),
    short.formatToParts(at).map((p) => p.type).join(),
    at.toLocaleDateString('en-US', { weekday: 'short', timeZone: 'America/New_York' }),
  ]
  const n = (event.properties && event.properties.total) || 1234.567
  event.numbers = [euros.format(Number(n)), Number(n).toLocaleString('en-US'), (0.256).toLocaleString('en-US', { style: 'percent', maximumFractionDigits: 1 }), (1e6).toLocaleString()]
  event.plural = ['one', 'two'].map((_, i) => new Intl.PluralRules('en-US', { type: 'ordinal' }).select(i + 1))
  return event
}
