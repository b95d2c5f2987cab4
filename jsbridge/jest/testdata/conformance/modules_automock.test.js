import main, { greet, name, Store, nested } from './src/lib'
import { stored } from './src/user'
jest.mock('./src/lib')
test('functions are mocks', () => { expect(jest.isMockFunction(greet)).toBe(true); expect(greet('x')).toBeUndefined(); expect(main()).toBeUndefined() })
test('constants stay', () => expect(name).toBe('real'))
test('classes are mocks', () => {
  const s = new Store()
  expect(s.add(1)).toBeUndefined()
  expect(s.add).toHaveBeenCalledWith(1)
  expect(Store).toHaveBeenCalled()
  expect(Store.make()).toBeUndefined()
})
test('instances are told apart', () => { const a = new Store(); const b = new Store(); a.add(1); expect(b.add).not.toHaveBeenCalled(); expect(Store.mock.instances).toContain(a) })
test('prototype may be mocked', () => { Store.prototype.add.mockReturnValue(7); expect(stored()).toBe(7) })
test('nested', () => { expect(nested.deep.call()).toBeUndefined(); expect(nested.list).toEqual([]); expect(nested.n).toBe(5) })
test('implementation', () => { greet.mockImplementation((x) => 'bye ' + x); expect(greet('you')).toBe('bye you') })
