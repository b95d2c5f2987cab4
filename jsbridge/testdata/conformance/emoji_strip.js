// emoji found and stripped by surrogates, as before the flag u: classes, pairs, lone halves, joiners
const pair = /[\ud800-\udbff][\udc00-\udfff]/g
const old = /([\u2700-\u27BF]|[\uE000-\uF8FF]|\uD83C[\uDC00-\uDFFF]|\uD83D[\uDC00-\uDFFF]|[\u2011-\u26FF]|\uD83E[\uDD10-\uDDFF])/g
const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/g
const astral = '[\\ud800-\\udbff][\\udc00-\\udfff]'
const symbols = RegExp(`\\ud83c[\\udffb-\\udfff](?=\\ud83c[\\udffb-\\udfff])|(?:[^\\ud800-\\udfff][\\u0300-\\u036f]?|${astral}|[\\ud800-\\udfff])`, 'g')

export function processEvent(event) {
  const text = Object.values(event.properties ?? {}).filter((v) => typeof v === 'string').join(' ') + ' \u{1F468}\u200d\u{1F469}\u200d\u{1F467} \u2764\ufe0f \ud83d é'
  event.emoji = {
    pairs: text.match(pair), stripped: text.replace(old, '').slice(-60), lone: text.replace(lone, '').length, count: (text.match(symbols) ?? []).length,
    wide: [...text].filter((c) => c.length === 2).length, unit: text.search(/\ude00/), cut: text.slice(-9).replace(pair, '?'), set: text.replace(/[\u{1F300}-\u{1FAFF}]/gu, '*').slice(-12), any: /^[\s\S]$/.test('😀'), dot: '😀'.replace(/./g, '.').length, negated: text.replace(/[^\x00-\x7f]/g, '').length, class: '😀🚀x'.replace(/[^\w\s]/g, '').length,
  }
  return event
}
