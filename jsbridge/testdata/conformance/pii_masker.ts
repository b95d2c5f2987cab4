// replace with callbacks and patterns, generics, recursion over any value
type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json }

const rules: ReadonlyArray<{ name: string; pattern: RegExp; mask: (match: string, ...groups: any[]) => string }> = [
  { name: 'email', pattern: /([A-Za-z0-9._%+-]+)@([A-Za-z0-9.-]+\.[A-Za-z]{2,})/g, mask: (_, user: string, host: string) => `${user[0]}***@${host.toLowerCase()}` },
  { name: 'card', pattern: /\b(?:\d[ -]?){12,15}\d\b/g, mask: (m) => m.replace(/\d(?=(?:\D*\d){4})/g, '*') },
  { name: 'phone', pattern: /\+\d{1,3}[\s()\d-]{6,}\d/g, mask: (m, offset: number, all: string) => `<phone@${offset}/${all.length}>` },
  { name: 'ip', pattern: /\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}\b/g, mask: (_m, a, b, c) => [a, b, c, '0'].join('.') },
]

function mask<T extends Json>(value: T, hits: Map<string, number>): T {
  if (typeof value === 'string') {
    let text: string = value
    for (const { name, pattern, mask: by } of rules) {
      text = text.replace(pattern, (...args: any[]) => {
        hits.set(name, (hits.get(name) ?? 0) + 1)
        return by(...(args as [string, ...any[]]))
      })
    }
    return text as T
  }
  if (Array.isArray(value)) return value.map((v) => mask(v, hits)) as T
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mask(v as Json, hits)])) as T
  }
  return value
}

export function processEvent(event: { properties?: any; ip?: any }) {
  const hits = new Map<string, number>()
  if (event.properties) event.properties = mask(event.properties as Json, hits)
  if (event.ip) event.ip = mask(event.ip as Json, hits)
  return { ...event, masked: Object.fromEntries(hits) }
}
