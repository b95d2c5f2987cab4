// punycode. Source: RFC 3492.
(function () {
  const base = 36, low = 1, high = 26, skew = 38, damp = 700, start = 72, first = 128
  function adapt(delta, points, initial) {
    delta = initial ? Math.floor(delta / damp) : delta >> 1
    delta += Math.floor(delta / points)
    let k = 0
    for (; delta > ((base - low) * high) >> 1; k += base) delta = Math.floor(delta / (base - low))
    return k + Math.floor(((base - low + 1) * delta) / (delta + skew))
  }
  function threshold(k, bias) { return k <= bias ? low : k >= bias + high ? high : k - bias }
  function fail(message) { throw new RangeError(message) }
  const ucs2 = {
    decode: (text) => {
      const out = []
      for (let i = 0; i < text.length; i++) {
        const point = text.codePointAt(i)
        if (point > 0xffff) i++
        out.push(point)
      }
      return out
    },
    encode: (points) => String.fromCodePoint(...points),
  }
  function decode(input) {
    const out = []
    const dash = Math.max(input.lastIndexOf('-'), 0)
    for (let i = 0; i < dash; i++) {
      if (input.charCodeAt(i) >= 0x80) fail('Illegal input >= 0x80 (not a basic code point)')
      out.push(input.charCodeAt(i))
    }
    let n = first, bias = start, i = 0
    for (let at = dash > 0 ? dash + 1 : 0; at < input.length;) {
      const before = i
      for (let weight = 1, k = base; ; k += base) {
        if (at >= input.length) fail('Invalid input')
        const digit = digitOf(input.charCodeAt(at++))
        if (digit >= base) fail('Invalid input')
        if (digit > Math.floor((0x7fffffff - i) / weight)) fail('Overflow: input needs wider integers to process')
        i += digit * weight
        const t = threshold(k, bias)
        if (digit < t) break
        weight *= base - t
      }
      bias = adapt(i - before, out.length + 1, before === 0)
      n += Math.floor(i / (out.length + 1))
      i %= out.length + 1
      out.splice(i++, 0, n)
    }
    return String.fromCodePoint(...out)
  }
  function digitOf(code) {
    if (code >= 0x30 && code < 0x3a) return 26 + code - 0x30
    if (code >= 0x41 && code < 0x5b) return code - 0x41
    if (code >= 0x61 && code < 0x7b) return code - 0x61
    return base
  }
  function encode(input) {
    const points = ucs2.decode(input)
    let out = points.filter((c) => c < 0x80).map((c) => String.fromCharCode(c)).join('')
    const basic = out.length
    if (basic) out += '-'
    let n = first, delta = 0, bias = start
    for (let handled = basic; handled < points.length;) {
      const next = Math.min(...points.filter((c) => c >= n))
      delta += (next - n) * (handled + 1)
      n = next
      for (const c of points) {
        if (c < n) delta++
        if (c !== n) continue
        let q = delta
        for (let k = base; ; k += base) {
          const t = threshold(k, bias)
          if (q < t) break
          out += digit(t + ((q - t) % (base - t)))
          q = Math.floor((q - t) / (base - t))
        }
        out += digit(q)
        bias = adapt(delta, handled + 1, handled === basic)
        delta = 0
        handled++
      }
      delta++
      n++
    }
    return out
  }
  function digit(d) { return String.fromCharCode(d + 22 + (d < 26 ? 75 : 0)) }
  function labels(domain, f) {
    const at = domain.indexOf('@')
    const prefix = at < 0 ? '' : domain.slice(0, at + 1)
    return prefix + domain.slice(at + 1).replace(/[\u3002\uff0e\uff61]/g, '.').split('.').map(f).join('.')
  }
  return {
    version: '2.1.0',
    ucs2,
    decode,
    encode,
    toASCII: (domain) => labels(domain, (label) => (/[^\0-\x7f]/.test(label) ? 'xn--' + encode(label) : label)),
    toUnicode: (domain) => labels(domain, (label) => (label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label)),
  }
})
