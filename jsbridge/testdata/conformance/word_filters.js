// deny lists compiled to one pattern, word boundaries, case folding, escapes, stateful flags, replace loops
// config: {"deny": "viagra, casino, c++, a.b, *"}
const escapeRegExp = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
export function setupPlugin({ config, global }) {
  const terms = config.deny.split(',').map((t) => t.trim()).filter(Boolean)
  global.deny = new RegExp(`(^|[^\\w])(${terms.map(escapeRegExp).join('|')})(?=$|[^\\w])`, 'gi')
}
export function processEvent(event, { global: { deny } }) {
  const text = Object.values(event.properties ?? {}).filter((v) => typeof v === 'string').join(' | ') + ' Casino C++ axb a.b *'
  event.words = {
    hits: (text.match(deny) ?? []).map((w) => w.trim().toLowerCase()), clean: text.replace(deny, '$1***').slice(-40), positions: [...text.matchAll(deny)].map((m) => m.index - text.length), stateful: [deny.test(text), deny.lastIndex > 0, (deny.lastIndex = 0)],
    squeeze: text.replace(/\s{2,}/g, ' ').length, title: text.slice(0, 60).replace(/(^|\s)\w/g, (c) => c.toUpperCase()), first: /^(?:.*?)\b(\w{8,})\b/.exec(text)?.[1], lines: 'a\r\nb\nc'.split(/\r?\n/), quoted: text.match(/"([^"\\]|\\.)*"/)?.[0] ?? null, hex: text.match(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i)?.[0], vowels: text.split(/[aeiou]/i).length, dots: text.split('.').pop().length,
  }
  return event
}
