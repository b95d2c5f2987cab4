// numbers over time: running mean and variance, percentiles, histograms, rounding, Math functions
const w = { n: 0, mean: 0, m2: 0, values: [] }
const round = (x, d = 3) => Math.round((x + Number.EPSILON) * 10 ** d) / 10 ** d
const percentile = (sorted, p) => { const i = (sorted.length - 1) * p; const low = Math.floor(i); return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (i - low) }

export function processEvent(event) {
  const x = Number(event.properties?.$screen_width ?? event.properties?.total ?? NaN)
  if (!Number.isFinite(x)) return event
  w.n++
  const d = x - w.mean
  w.mean += d / w.n
  w.m2 += d * (x - w.mean)
  w.values.push(x)
  const sorted = Float64Array.from(w.values.slice(-100)).sort()
  event.stat = { mean: w.mean, sd: Math.sqrt(w.m2 / w.n), p: [0.5, 0.9, 0.99].map((p) => percentile(sorted, p)), round: round(w.mean), histogram: [...sorted].reduce((h, v) => ((h[Math.floor(Math.log2(v || 1))] ??= 0), h[Math.floor(Math.log2(v || 1))]++, h), {}), hypot: Math.hypot(3, 4, w.n), cbrt: Math.cbrt(x).toFixed(10), exp: Math.expm1(1e-10), log: [Math.log1p(1e-10), Math.log10(1000), Math.log2(8)], trig: [Math.sin(1), Math.cos(1), Math.tan(1), Math.atan2(1, 2), Math.sinh(1)].map((v) => +v.toFixed(12)), pow: [2 ** 0.5, Math.pow(10, 5), 10 ** 308 * 10], minmax: [Math.max(), Math.min(), Math.max(NaN, 1), Math.max('3', 2)].map(String), sign: [Math.sign(-3), Object.is(Math.round(-0.4), -0), Math.round(2.5), Math.round(-2.5), Math.round(0.49999999999999994)] }
  return event
}
