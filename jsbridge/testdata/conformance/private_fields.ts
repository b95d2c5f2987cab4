// classes: private fields and methods, static blocks, abstract base, parameter properties, overloads
abstract class Rule {
  protected hits = 0
  constructor(readonly name: string, private readonly weight: number = 1) {}
  abstract matches(event: any): boolean
  score(event: any): number {
    if (!this.matches(event)) return 0
    this.hits++
    return this.weight
  }
  toString() { return `${this.name}:${this.hits}` }
}

class HasProperty extends Rule {
  static #made = 0
  static registry: Rule[]
  static { HasProperty.registry = [] }
  #key: string
  constructor(key: string, weight?: number) {
    super(`has ${key}`, weight)
    this.#key = key
    HasProperty.registry.push(this)
    HasProperty.#made += 1
  }
  static get made() { return this.#made }
  #read(event: any) { return event.properties?.[this.#key] }
  matches(event: any): boolean { return this.#read(event) !== undefined }
  static isRule(x: unknown): x is HasProperty { return typeof x === 'object' && x !== null && #key in x }
}

function describe(x: number): string
function describe(x: Rule): string
function describe(x: any): string { return typeof x === 'number' ? x.toFixed(1) : `${x}` }

const rules = [new HasProperty('utm_source', 3), new HasProperty('$referrer'), new HasProperty('email', 0.5)]

export function processEvent(event: any) {
  event.score = describe(rules.reduce((sum, r) => sum + r.score(event), 0))
  event.rules = rules.map((r) => describe(r))
  event.made = [HasProperty.made, HasProperty.registry.length, HasProperty.isRule(rules[0]), HasProperty.isRule({}), Object.keys(rules[0])]
  return event
}
