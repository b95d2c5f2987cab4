// ranges of addresses in a literal table: bit shifts, binary search
const ranges = [
  ['10.0.0.0', '10.255.255.255', 'private'],
  ['192.0.2.0', '192.0.2.255', 'TEST-NET-1'],
  ['192.168.0.0', '192.168.255.255', 'private'],
  ['198.51.100.0', '198.51.100.255', 'TEST-NET-2'],
  ['203.0.113.0', '203.0.113.255', 'TEST-NET-3'],
].map(([from, to, name]) => ({ from: toNumber(from), to: toNumber(to), name }))

function toNumber(ip) {
  const parts = ip.split('.')
  if (parts.length !== 4) return -1
  return parts.reduce((n, part) => ((n << 8) | (part & 255)) >>> 0, 0)
}

function find(n) {
  let low = 0, high = ranges.length - 1
  while (low <= high) {
    const mid = (low + high) >> 1
    if (n < ranges[mid].from) high = mid - 1
    else if (n > ranges[mid].to) low = mid + 1
    else return ranges[mid]
  }
}

exports.processEvent = async (event) => {
  const ip = event.ip || (event.properties && event.properties.$ip)
  if (typeof ip !== 'string') return event
  const n = toNumber(ip)
  event.geo = { network: (await find(n))?.name ?? 'unknown', number: n, masked: [24, 16, 8, 0].map((s) => (n >>> s) & 255).join('.') }
  return event
}
