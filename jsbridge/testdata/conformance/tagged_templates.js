// tagged templates, String.raw, nested templates, cooked and raw strings
const esc = (s) => String(s).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c])
function html(strings, ...values) {
  return strings.reduce((out, s, i) => out + s + (i < values.length ? (Array.isArray(values[i]) ? values[i].join('') : esc(values[i])) : ''), '')
}
const cache = new Set()
const same = (strings) => { cache.add(strings); return strings.raw[0] }

export function processEvent(event) {
  const { $el_text: label = 'none', title, $current_url: url } = event.properties ?? {}
  event.html = html`<a href="${url}" title="${title}">${[html`<b>${label}</b>`, '\n']}</a>`
  event.raw = String.raw`C:\new\${event.event}\u0041`
  event.same = [same`a\tb`, same`a\tb`, cache.size]
  event.line = `${`${event.event}`.length} characters:
  ${[1, 2].map((n) => `#${n}`).join(`,`)}`
  cache.clear()
  return event
}
