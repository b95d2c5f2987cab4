// event names to snake, camel, kebab and pascal case: a namespace, an index type, String.raw
// config: {"style": "snake_case"}
namespace Words {
  const boundary = /([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])/g
  export function split(text: string): string[] {
    return text.replace(boundary, (_, a, b, c, d) => (a ?? c) + ' ' + (b ?? d)).split(/[\s_\-.]+/).filter((w) => w.length > 0)
  }
  export const capital = (w: string): string => w.charAt(0).toUpperCase() + w.slice(1).toLowerCase()
}

const styles: { [name: string]: (words: string[]) => string } = {
  snake_case: (w) => w.map((x) => x.toLowerCase()).join('_'),
  camelCase: ([first = '', ...rest]) => first.toLowerCase() + rest.map(Words.capital).join(''),
  PascalCase: (w) => w.map(Words.capital).join(''),
  'kebab-case': (w) => w.join('-').toLowerCase(),
}

export function processEvent(event: any, { config }: any) {
  if (typeof event.event === 'string' && event.event[0] !== '$') {
    const words = Words.split(event.event)
    event.all = Object.keys(styles).map((s) => styles[s](words))
    event.event = styles[config.style](words)
  }
  const renamed: Record<string, unknown> = {}
  for (const key in event.properties) {
    renamed[key.startsWith('$') ? key : styles.camelCase(Words.split(key))] = event.properties[key]
  }
  event.properties = renamed
  return event
}
