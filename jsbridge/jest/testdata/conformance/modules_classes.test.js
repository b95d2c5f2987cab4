const m = jest.createMockFromModule('./src/classes')
const { Derived, Third, Bare } = m

test.each([
  ['methods of the base', () => [new Derived().inherited, new Third().inherited, new Bare().inherited, new Bare().method].map(jest.isMockFunction)],
  ['statics of the base', () => [Derived.shared, Bare.own].map(jest.isMockFunction)],
  ['keys', () => [new Derived(), new Third(), new Bare(), Derived, Derived.prototype].map(Object.keys)],
  ['names of prototypes', () => [Derived, Third, Bare].map((c) => Object.getOwnPropertyNames(c.prototype).sort())],
  ['instances', () => [new Derived() instanceof Derived, new Derived() instanceof m.Base, Derived.name, new Derived().constructor === Derived]],
  ['calls', () => {
    const [a, b] = [new Derived(), new Derived()]
    a.method()
    return [a.method === b.method, Derived.prototype.method.mock.calls.length, a.method.mock.calls.length, b.method.mock.calls.length]
  }],
  ['getters and values', () => [new Derived().value, m.symbol, m.deep.deeper.f(), m.functions]],
  ['an instance', () => [Object.keys(m.instance), jest.isMockFunction(m.instance.method), jest.isMockFunction(m.instance.inherited), m.instance.field]],
  ['an instance of a class without methods', () => [Object.keys(m.bare), jest.isMockFunction(m.bare.inherited)]],
  ['prototypes by hand', () => [new m.Old().run, new m.Older().run, new m.Older().more].map(jest.isMockFunction)],
  ['answers', () => {
    const a = new Derived()
    a.method.mockReturnValue(1)
    Derived.prototype.inherited.mockReturnValue(2)
    return [a.method(), a.inherited(), new Derived().inherited(), new Derived().method()]
  }],
])('%s', (_, f) => {
  expect(f()).toMatchSnapshot()
})
