// BigInt: arithmetic, comparison, conversion, asIntN, in strings only
const mask = (1n << 64n) - 1n
function fnv1a(text) {
  let h = 0xcbf29ce484222325n
  for (let i = 0; i < text.length; i++) h = ((h ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & mask
  return h
}

export function processEvent(event) {
  const h = fnv1a(String(event.distinct_id))
  event.big = {
    hash: h.toString(), hex: h.toString(16), base36: h.toString(36), signed: String(BigInt.asIntN(64, h)), low: Number(h & 0xffffn),
    math: [(-7n / 2n).toString(), (-7n % 2n).toString(), (2n ** 100n).toString(), String(-(5n)), `${BigInt('0x1f') + BigInt(' 12 ')}`],
    cmp: [1n < 2, 2n == 2, 2n === 2, 10n > 9.5, [3n, 1, 2n].sort().map(String).join(), typeof h, !0n],
    num: [Number(1234567890123456789n), parseInt('9007199254740993n'), Number.isInteger(Number(9n))],
  }
  try { event.mixed = 1n + 1 } catch (e) { event.mixed = e.name }
  try { event.bad = BigInt(1.5) } catch (e) { event.bad = e.name }
  try { event.json = JSON.stringify({ h }) } catch (e) { event.json = e.name }
  return event
}
