// toFixed, toPrecision, toExponential, radix, parseInt and parseFloat oddities, Number()
const values = [0, -0, 1, -1, 0.1, 0.5, 1.005, 1.45, 2.5, 8.345, 1e21, 1e-7, 123.456, 0.000001234, 1234.5678, 5e-324, 4294967295, 255.5, -255, 1e100, 0.1 + 0.2, 2 ** 53, 1 / 3]
const texts = ['42', ' 42px', '0x1F', '0b11', '0o17', '1e3', '.5', '5.', '-', '', ' ', '1,234', 'Infinity', '-Infinityx', '1_000', '٣', '\n7\n', '+5', '--5', '0x', '1e1000', '00012', 'null', '12abc', '\u00a09']

export function processEvent(event) {
  if (String(event.event).startsWith('$')) return event
  const p = event.properties || {}
  const all = [...values, ...Object.values(p).filter((v) => typeof v === 'number')]
  event.fixed = all.map((v) => [0, 1, 2, 10].map((d) => v.toFixed(d)).join(' '))
  event.precision = all.map((v) => [1, 3, 15].map((d) => v.toPrecision(d)).join(' '))
  event.exponential = all.map((v) => `${v.toExponential(2)} ${v.toExponential()}`)
  event.radix = all.map((v) => [2, 8, 16, 36].map((r) => v.toString(r).slice(0, 60)).join(' '))
  event.text = all.map(String)
  event.parsed = texts.map((t) => [parseInt(t), parseFloat(t), Number(t), parseInt(t, 16), +t === +t, parseInt(t, 2)].map(String).join())
  event.round = all.map((v) => [Math.round(v), Math.trunc(v), Math.floor(v), Math.ceil(v), Math.sign(v)].map((x) => (Object.is(x, -0) ? '-0' : String(x))).join())
  event.odd = [parseInt(0.0000005), parseInt(null, 36), parseInt('zz', 37), Number([]), Number([5]), Number({}), Number(new Date(5)), Number(true), +'', +[1, 2], (25).toString(36), 0.1 * 3, 9.95.toFixed(1), (1e21).toFixed(2), (-1.5).toFixed(0), Number.MAX_SAFE_INTEGER, Number.EPSILON].map(String)
  try { (1).toFixed(101) } catch (e) { event.range = e.name }
  try { (1).toString(1) } catch (e) { event.radixError = e.name }
  return event
}
