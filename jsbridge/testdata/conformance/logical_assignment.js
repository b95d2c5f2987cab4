// ||=, &&=, ??=, exponent, separators, comma in for, in-place operators on event members
export function processEvent(event) {
  const p = (event.properties ??= {})
  if (typeof p !== 'object') return event
  p.count ||= 1_000
  p.count **= 2
  p.$browser &&= p.$browser.toUpperCase()
  p.list ??= []
  p.n = 0
  for (let i = 0, j = 10; i < j; i++, j--) p.n += i * j
  p.n++
  --p.n
  p.n <<= 2
  p.n %= 7
  p.text = 'a'
  p.text += 1 + 2
  p.text += [3, 4]
  p['$' + 'dyn'] = p.$nope?.x ?? (p.zero ||= '') + 'x'
  const { n, ...rest } = p
  event.rest = Object.keys(rest).length
  event.minus = [-(2 ** 2), (-2) ** 2, 2 ** 3 ** 2, 7 % -3, -7 % 3, 5 / 0, 0 / 0 || 'nan', '3' * '4', '3' + 4, '10' / 4, +true, -'5', !'', typeof null, void 0 ?? 'v']
  return event
}
