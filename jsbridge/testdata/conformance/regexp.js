// regular expressions: named groups, sticky, lookaround, matchAll, lastIndex, back-references, flags
const words = /(?<word>[\w'-]+)/g
const sticky = /\s*([a-z]+|\d+|[^\sa-z\d])/iy

function lex(text) {
  const tokens = []
  sticky.lastIndex = 0
  let m
  while ((m = sticky.exec(text)) && tokens.length < 12) tokens.push(`${m[1]}@${sticky.lastIndex}`)
  return tokens
}

export function processEvent(event) {
  const text = String(event.properties?.$current_url ?? event.properties?.text ?? event.event)
  event.re = {
    words: [...text.matchAll(words)].slice(0, 5).map(({ index, groups: { word }, 0: all }) => [index, word, all.length]),
    lex: lex(text),
    look: text.match(/(?<=\/)[^/?#]+(?=[?#]|$)/)?.[0] ?? null, neg: text.replace(/(?<!:)\/(?!\/)/g, '>'), thousands: '1234567.891'.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ','),
    back: [/(['"])(.*?)\1/.exec(`say "it's"`)?.[2], /^(?<a>.)(?<b>.)\k<b>\k<a>$/.test('abba'), 'aa bb cd'.match(/(\w)\1/g)],
    swap: text.replace(/(?<first>\w+)\W+(?<second>\w+)/, '$<second> $<first> $2 $0 $10'),
    flags: [/a/gimsuy.flags, /A/i.test('a'), /^b/m.test('a\nb'), /a.b/s.test('a\nb'), /a.b/.test('a\u2028b'), /\u{1F600}/u.test('😀'), '😀'.match(/./gu).length, '😀'.match(/./g).length, /[^x]/u.exec('😀')[0].length],
    last: (() => { const r = /o/g; const out = []; while (r.test('foo boo')) out.push(r.lastIndex); return out })(),
    source: [/a\/b/.source, String(new RegExp('a/b'.slice(0, 1), 'g')), new RegExp('').source, new RegExp(/x/gi, 'm').flags, RegExp('\\d').test('5')],
    lazy: '<<a>><<b>>'.match(/<<(.+?)>>/g), alt: /(a)|(b)/.exec('b'), opt: /(z)?(b)/.exec('b'), empty: 'abc'.replace(/x*/g, '-'), classes: '\u00a0_é-'.match(/[\s\w-]/g), space: /^\s$/.test('\ufeff'),
    fn: 'a-b_c'.replace(/[-_](\w)/g, (m, c, at, whole) => c.toUpperCase() + at + whole.length), groupFn: 'k=v'.replace(/(?<k>\w)=(?<v>\w)/, (...a) => JSON.stringify(a.at(-1))),
    search: ['abc'.search('c'), 'a.c'.search('.'), 'x'.match(/y/), 'abcabc'.match(/b/).index], split: 'one1two22three'.split(/(\d)+/), invalid: (() => { try { return new RegExp('[') } catch (e) { return e.name } })(),
    indices: 'xay'.replace(/(?:)/g, '.'), quant: ['aaaa'.match(/a{2,3}/)[0], 'aaaa'.match(/a{2,3}?/)[0], /^a{,2}$/.test('a{,2}')], escape: 'a+b(c)'.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  }
  return event
}
