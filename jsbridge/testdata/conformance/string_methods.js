// string methods: padding, slicing, searching, splitting, trimming, repeat, at, raw code units
export function processEvent(event) {
  const s = String(event.properties?.title ?? event.properties?.name ?? event.event)
  event.s = {
    pad: [s.padStart(12, 'ab').slice(0, 12), s.padEnd(5, ''), 'x'.padStart(3), '5'.padStart(3, '0')],
    cut: [s.slice(-3), s.slice(2, -1), s.substring(5, 1), s.substr(-4, 2), s.at(-1), s.at(99), s.charAt(1), s[0], s.substring(NaN, 2), s.slice(4, 2)],
    find: [s.indexOf('e'), s.lastIndexOf('e'), s.includes(''), s.startsWith('e', 1), s.endsWith('e', 3), s.search(/[aeiou]/), s.indexOf('', 99), s.lastIndexOf('x', -5)],
    split: [s.split(''), s.split(/(\s)/), s.split('', 3), s.split(), 'a,b,,c,'.split(','), 'a1b2'.split(/\d/), 'abc'.split(/(?:)/)].map((x) => x.slice(0, 8)),
    trim: [' \t\u00a0\ufeffa\u2028 '.trim(), '\u200ba\u200b'.trim().length, ' a '.trimStart(), ' a '.trimEnd()],
    case: [s.toUpperCase(), s.toLowerCase(), 'ß İ ŉ Σ ΑΣ ﬁ'.toUpperCase(), 'İ ΑΣ ÀÉ'.toLowerCase()],
    replace: ['aaa'.replace('a', '$&$&'), 'abc'.replace('b', "[$`|$'|$$]"), s.replaceAll(' ', '_'), 'a.b.c'.replaceAll('.', () => '$1'), 'x'.replace(/(y)?x/, '<$1>')],
    code: [s.charCodeAt(0), s.codePointAt(0), String.fromCharCode(0x1f600, 65), String.fromCodePoint(0x1f600), [...s].length, s.length, s.concat('!', 1, null)],
    repeat: ['ab'.repeat(3), ''.repeat(5)], compare: ['a' < 'B', 'a' < 'b', '10' < '9', 'é' > 'z', '10' < 9, null >= 0],
  }
  try { 'a'.repeat(-1) } catch (e) { event.s.error = `${e.name}` }
  return event
}
