// the autocapture chain parsed with a stateful regular expression; attributes as a Map
type Element = { tag: string; classes: string[]; attributes: Map<string, string>; order: number }
const SPLIT = /(?:(?<=");|;(?=[a-z]))/g
const HEAD = /^([\w-]+)((?:\.[^.:"]+)*)?:?/
const ATTRIBUTE = /([\w-]+)="((?:[^"\\]|\\.)*)"/g

function parse(chain: string): Element[] {
  return chain.split(SPLIT).filter(Boolean).map((text, order) => {
    const [head = '', tag = '', classes = ''] = HEAD.exec(text) ?? []
    const attributes = new Map<string, string>()
    let m: RegExpExecArray | null
    const rest = text.slice(head.length)
    ATTRIBUTE.lastIndex = 0
    while ((m = ATTRIBUTE.exec(rest)) !== null) attributes.set(m[1], m[2].replace(/\\(.)/g, '$1'))
    return { tag, classes: classes.split('.').filter(Boolean), attributes, order }
  })
}

export function processEvent(event: any) {
  const chain = event.properties?.$elements_chain
  if (typeof chain !== 'string') return event
  const elements = parse(chain)
  event.properties.elements = elements.map(({ attributes, ...e }) => ({ ...e, attributes: Object.fromEntries(attributes) }))
  event.properties.selector = elements.map((e) => e.tag + e.classes.map((c) => `.${c}`).join('')).reverse().join(' > ')
  event.properties.text = elements.find((e) => e.attributes.has('text'))?.attributes.get('text') ?? null
  return event
}
