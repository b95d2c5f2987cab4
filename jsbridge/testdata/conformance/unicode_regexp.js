// regular expressions with unicode properties: letters, scripts, emoji, in classes and negated
const letters = /^\p{L}+/u
const notWord = /[^\p{L}\p{N}_ ]+/gu
const emoji = /\p{Extended_Pictographic}/gu
const upper = /\p{Lu}/gu
const scripts = { cyrillic: /\p{Script=Cyrillic}/u, han: /\p{Script=Han}/u, greek: /\p{sc=Greek}/u, hebrew: /\p{Script=Hebrew}/u }
const dynamic = new RegExp('\\p{Ll}\\P{Ll}', 'u')

export function processEvent(event) {
  const text = [event.event, event.distinct_id, ...Object.entries(event.properties ?? {}).flat()].filter((x) => typeof x === 'string').join(' ')
  event.p = {
    first: letters.exec(text)?.[0] ?? null,
    clean: text.replace(notWord, '-').slice(0, 200),
    emoji: text.match(emoji), upper: (text.match(upper) ?? []).length,
    scripts: Object.keys(scripts).filter((name) => scripts[name].test(text)),
    dynamic: dynamic.exec(text)?.[0], once: text.replace(/\p{L}(?=\p{L})/u, '*').slice(0, 30), space: text.split(/\p{White_Space}+/u).length, not: text.match(/\P{ASCII}/gu)?.length, ignore: /^\p{Lu}/iu.test(text.slice(0, 1)), range: /[\p{Ll}0-9-]+/u.exec(text)?.[0], negated: /[^\p{Ll}\P{ASCII}]+/u.exec(text)?.[0],
  }
  return event
}
