// Date: parsing of many formats, toISOString, toJSON, toUTCString, setters, invalid dates
const texts = [
  '2024-01-15', '2024-01-15T10:20:30Z', '2024-01-15T10:20:30.123+02:00', '2024-01-15T10:20', '2024-01', '2024',
  '2024-01-15 10:20:30', '2024-01-15 10:20:30Z', 'Jan 15, 2024', 'January 15, 2024 10:20:30', '15 Jan 2024', 'Mon, 15 Jan 2024 10:20:30 GMT',
  'Mon Jan 15 2024 10:20:30 GMT+0200', '1/15/2024', '01/15/2024 10:20', '2024/01/15', '2024-02-29', '2023-02-29T00:00:00Z', '2024-13-01', '2024-01-15T24:00:00Z', '+012024-01-01T00:00:00Z',
  '', 'yesterday', 'NaN', '2024-01-15T10:20:30.1Z', '2024-01-15T10:20:30.123456789Z', '12345',
  '1705314030123', '1705314030', '20240115', '2024-1-5', '2024-01-15T10:20:30+0200', '2024-01-15 10:20:30 UTC', '2024-01-15T1:2:3Z', '2024-01-15t10:20:30z', '15/01/2024', '01-15-2024', 'Jan 2024', '15-Jan-2024', 'Monday, January 15, 2024', '2024-01-15T10:20:30Z extra', 'abc 2024', '1', '0', '-1', '12:30', '2024-015', '2024-01-15T', '2024-00-10', '2024-01-32', '2024-04-31', '2024-01-15T25:00:00Z', '2024-01-15 10:20 PM', '1/15/24, 10:20:30 AM', '2024-01-15T10:20:30-07:30', 'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)', 'null', '1.5', 'user-42', 'SKU-12', ' 2024-01-15', '2024-01-15\n', '1705314030.123', 'Feb 30 2024', '2024-01-15T10:20:30.123Z[UTC]', '2024-01-15T10:20:30,5Z',
]
const show = (value) => {
  const d = new Date(value)
  return isNaN(d) ? String(d) : d.toISOString()
}

export function processEvent(event) {
  if (event.event === '$autocapture' || event.event === '$pageview') return event
  const d = new Date(Date.UTC(2024, 0, 31, 12, 30, 15, 250))
  event.parsed = texts.map(show)
  event.own = [event.timestamp, event.sent_at, event.now].map((t) => [show(t), Date.parse(t)])
  event.json = [d, new Date(NaN), d.toJSON(), String(d.valueOf())]
  event.text = [d.toUTCString(), d.toISOString().slice(0, 10), d.toString().slice(0, 33), d.toDateString(), d.getTimezoneOffset(), typeof Date()]
  const moved = new Date(d)
  event.set = [moved.setUTCMonth(1), moved.setUTCDate(0), moved.setUTCHours(25, 61), moved.setUTCFullYear(2023, 12), moved.setMilliseconds(-1), moved.setUTCMinutes(NaN), moved.getTime()]
  event.made = [new Date(2024, 1, 30, 1, 2, 3, 4), new Date(99, 0), new Date(8.64e15), new Date(0, 0, 0), new Date(2024, NaN), new Date(null), new Date(undefined), new Date(true), new Date('5')].map((x) => x.getTime())
  event.compare = [d < new Date(d.getTime() + 1), d == new Date(d), +d === d.getTime(), d - 1, `${d + 1}`.slice(-2), typeof (d + 1)]
  try {
    new Date('x').toISOString()
  } catch (e) {
    event.error = `${e.name}: ${e.message}`
  }
  return event
}
