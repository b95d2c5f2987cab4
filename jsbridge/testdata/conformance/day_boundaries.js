// calendar arithmetic over midnight: start of day, ISO week, age, quarter, end of month, durations
const DAY = 864e5
const startOfDay = (d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()))
function isoWeek(date) {
  const d = startOfDay(date)
  d.setUTCDate(d.getUTCDate() + 4 - (d.getUTCDay() || 7))
  return [d.getUTCFullYear(), Math.ceil(((d - Date.UTC(d.getUTCFullYear(), 0, 1)) / DAY + 1) / 7)]
}
const duration = (ms) => [DAY, 36e5, 6e4, 1e3].map((unit, i, units) => Math.floor((i ? ms % units[i - 1] : ms) / unit)).map((n) => String(n).padStart(2, '0')).join(':')

exports.processEvent = (event) => {
  const now = new Date()
  const then = new Date(event.timestamp ?? 'missing')
  if (Number.isNaN(then.getTime())) return { ...event, invalid: String(then) }
  const end = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0))
  event.cal = { start: startOfDay(now), week: isoWeek(then), quarter: Math.floor(then.getUTCMonth() / 3) + 1, last: end.getUTCDate(), leap: new Date(Date.UTC(then.getUTCFullYear(), 1, 29)).getUTCMonth() === 1, ago: duration(now - then), local: [then.getHours(), then.getDay(), then.getFullYear(), then.getMonth()], next: new Date(+now + DAY).toJSON().split('T')[0], unix: Math.trunc(then / 1000), sorted: [now, then].sort((a, b) => a - b)[0] === then, clone: new Date(then.getTime()).getTime() === +then, min: new Date(Math.min(now, then)) }
  return event
}
