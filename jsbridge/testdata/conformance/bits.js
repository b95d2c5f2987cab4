// bit operations, shifts, unsigned, Math.imul, clz32, fround, typed arrays as scratch
const table = new Uint32Array(256).map((_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n
})
function crc32(text) {
  let crc = -1
  for (const byte of Buffer.from(text)) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]
  return (crc ^ -1) >>> 0
}

export function processEvent(event) {
  const n = crc32(JSON.stringify(event.event ?? null))
  const f = new Float32Array([n, 0.1, -0])
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, n / 3)
  event.bits = {
    n, neg: ~n, shl: n << 3, shr: n >> 3, ushr: n >>> 3, or0: n | 0, xor: n ^ 0x5a5a5a5a, imul: Math.imul(n, 16777619), clz: Math.clz32(n >>> 7), fround: Math.fround(n / 7),
    big: [2 ** 32 | 0, 2 ** 53 >> 1, 1e15 | 0, NaN | 0, -1 >>> 31, 1 << 32, 1 << 33, '12' & 10, null | 5, [8] >> 1],
    f32: [...f], words: [view.getUint32(0), view.getInt16(6, true)], sets: [...Uint8Array.of(300, -1, 1.9)], clamped: [...Uint8ClampedArray.of(300, -1, 1.5, 2.5)],
  }
  return event
}
