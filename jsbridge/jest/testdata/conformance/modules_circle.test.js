const { Circle, half } = require('./src/circleA')
jest.mock('./src/circleA')
test('what imports itself in a circle is mocked', () => {
  expect(new Circle().area()).toBeUndefined()
  expect(Circle.mock.instances).toHaveLength(1)
  half.mockReturnValue('half')
  expect(half()).toBe('half')
})
test('mocks that were made anew have nothing in common', () => {
  const other = jest.createMockFromModule('./src/circleA')
  expect(other.half).not.toBe(half)
  expect(other.half()).toBeUndefined()
  expect(half()).toBe('half')
})
