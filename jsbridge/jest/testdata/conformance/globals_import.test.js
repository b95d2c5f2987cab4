import { jest, describe, test, it, expect, beforeAll } from '@jest/globals'
import { greet } from './src/lib'
jest.mock('./src/lib', () => ({ greet: () => 'via globals' }))
let ready = false
beforeAll(() => { ready = true })
describe('imported', () => {
  it('works', () => { expect(ready).toBe(true); expect(greet()).toBe('via globals') })
  test('fails', () => expect(ready).toBe(false))
})
