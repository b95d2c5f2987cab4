const operations = {
  is: (a, b) => String(a) === String(b),
  is_not: (a, b) => String(a) !== String(b),
  contains: (a, b) => String(a).includes(b),
  gt: (a, b) => Number(a) > Number(b),
  regex: (a, b) => new RegExp(b).test(a),
}
function setupPlugin({ config, global, attachments }) {
  const text = attachments.filters ? attachments.filters.contents.toString() : config.filters
  global.filters = JSON.parse(text)
  global.filters.forEach((f) => {
    if (!operations[f.op]) throw new Error(`Invalid operator "${f.op}" for "${f.property}"`)
  })
}
function processEvent(event, meta) {
  if (!event.properties) return event
  const keep = meta.global.filters.every((f) => f.property in event.properties === false || operations[f.op](event.properties[f.property], f.value))
  return keep ? event : undefined
}
module.exports = { setupPlugin, processEvent }
