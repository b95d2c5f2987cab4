// the downsampling plugin: a string hash with bit operations, percentages
// config: {"percentage": "70", "salt": "x1"}
function hash(text) {
  let h = 0
  for (let i = 0; i < text.length; i++) {
    h = (h << 5) - h + text.charCodeAt(i)
    h |= 0
  }
  return h
}

function murmur(text) {
  let h = 0xdeadbeef ^ text.length
  for (const c of text) {
    h = Math.imul(h ^ c.codePointAt(0), 2654435761)
    h = (h << 13) | (h >>> 19)
  }
  return (h ^ (h >>> 16)) >>> 0
}

export function setupPlugin({ config, global }) {
  const percentage = parseInt(config.percentage)
  if (isNaN(percentage) || percentage > 100 || percentage < 0) throw new Error('Percentage must be an integer between 0 and 100.')
  global.share = percentage / 100
}

export function processEvent(event, { config, global }) {
  const id = `${event.distinct_id}${config.salt}`
  const share = (murmur(id) % 10000) / 10000
  if (share >= global.share) return null
  return { ...event, hash: hash(id), murmur: murmur(id), hex: (hash(id) >>> 0).toString(16).padStart(8, '0'), share }
}
