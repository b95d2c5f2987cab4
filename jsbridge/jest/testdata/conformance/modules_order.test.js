import './src/orderB'
import './src/orderA'
import { order } from './src/order'
import data from './src/data.json'
const mockName = jest.fn(() => 'from a mock')
jest.mock('./src/data.json', () => ({ answer: () => mockName() }))
test('imports run as written', () => expect(order).toEqual(['b', 'a']))
test('factories may use what is named mock', () => expect(data.answer()).toBe('from a mock'))
test('spying on a namespace', () => {
  const lib = require('./src/lib')
  const user = require('./src/user')
  jest.spyOn(lib, 'greet').mockReturnValue('spied')
  expect(user.use()).toBe('spied main')
  jest.restoreAllMocks()
  expect(user.use()).toBe('hello user main')
})
test('names with underscores', () => expect(require('./src/underscores').__Greeting).toBe('hello you'))
