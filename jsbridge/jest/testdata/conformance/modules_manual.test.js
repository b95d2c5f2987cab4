import manual from './src/manual'
jest.mock('./src/manual')
jest.mock('some-package', () => jest.fn(() => 'factory'), { virtual: true })
test('manual mock beside the module', () => { expect(manual.real).toBe(false); expect(manual.f()).toBe('manual') })
test('actual', () => expect(jest.requireActual('./src/manual').real).toBe(true))
test('factory of a package', () => expect(require('some-package')()).toBe('factory'))
