const { state, matchers } = global[Symbol.for('$$jest-matchers-object')]
let equals
expect.extend({
  __takesEquals__() {
    equals = this.equals
    return { pass: true, message: () => '' }
  },
})

test('the state of the test that runs', () => {
  expect.assertions(2)
  expect(1).toBe(1)
  expect(state.assertionCalls).toBe(1)
})
test('calls that do not count', () => {
  expect.assertions(1)
  expect().__takesEquals__()
  state.assertionCalls = 0
  expect(equals({ a: 1 }, { a: expect.any(Number) })).toBe(true)
})
test('matchers', () => {
  expect(typeof matchers.toBe).toBe('function')
  expect('__takesEquals__' in matchers).toBe(true)
  delete matchers.__takesEquals__
  expect('__takesEquals__' in matchers).toBe(false)
})
