// the timestamp-parser plugin: UTC getters, padding by hand
function pad(n, width = 2) {
  return String(n).padStart(width, '0')
}

function processEvent(event) {
  if (event.properties && event['timestamp'] && !isNaN(event['timestamp'])) {
    event.properties['numeric_timestamp'] = true
  }
  if (event.properties && event['timestamp'] && isNaN(Number(event['timestamp']))) {
    const d = new Date(event['timestamp'])
    event.properties['year'] = d.getUTCFullYear()
    event.properties['month'] = pad(d.getUTCMonth() + 1)
    event.properties['day'] = pad(d.getUTCDate())
    event.properties['hour'] = d.getUTCHours()
    event.properties['minute'] = pad(d.getUTCMinutes())
    event.properties['second'] = pad(d.getUTCSeconds())
    event.properties['ms'] = pad(d.getUTCMilliseconds(), 3)
    event.properties['weekday'] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][d.getUTCDay()]
    event.properties['week'] = Math.ceil(((d - new Date(Date.UTC(d.getUTCFullYear(), 0, 1))) / 86400000 + 1) / 7)
  }
  return event
}

module.exports = { processEvent }
