import main, { greet, name, Store, nested } from './src/lib'
import { use } from './src/user'
jest.mock('./src/lib', () => ({
  __esModule: true,
  default: jest.fn(() => 'mocked main'),
  greet: jest.fn(() => 'mocked greet'),
  name: 'mocked',
}))
test('factory replaces', () => { expect(greet('x')).toBe('mocked greet'); expect(name).toBe('mocked'); expect(main()).toBe('mocked main') })
test('also for others', () => expect(use()).toBe('mocked greet mocked main'))
test('what the factory has not is undefined', () => { expect(Store).toBeUndefined(); expect(nested).toBeUndefined() })
test('requireActual', () => expect(jest.requireActual('./src/lib').greet('x')).toBe('hello x'))
test('requireMock', () => expect(jest.requireMock('./src/lib').name).toBe('mocked'))
test('calls are seen', () => { greet.mockClear(); use(); expect(greet).toHaveBeenCalledWith('user') })
test('wrong on purpose', () => expect(greet('x')).toBe('hello x'))
