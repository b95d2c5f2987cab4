// class mixins, static inheritance, super in object literals, instanceof, abstract constructors
type Ctor<T = {}> = new (...args: any[]) => T
const Counted = <B extends Ctor>(Base: B) => class extends Base {
  static made = 0
  constructor(...args: any[]) { super(...args); (this.constructor as any).made++ }
  describe() { return `counted ${super['describe' as keyof object] ? 'base' : ''}` }
}
class Base { constructor(public tag: string) {} describe() { return this.tag } }
class Tag extends Counted(Base) { override describe() { return `${super.describe()}/${this.tag}` } static create(t: string) { return new this(t) } }
const proto = { hello() { return 'proto' } }
const child = { __proto__: proto, hello() { return super.hello() + '+child' } }

export function processEvent(event: any) {
  const t = Tag.create(String(event.event))
  return { ...event, mixin: [t.describe(), t instanceof Base, (Tag as any).made > 0, child.hello(), Object.getPrototypeOf(child) === proto, t.constructor.name, Tag.name, Object.keys(t)] }
}
