import crypto from 'crypto'
import fs from 'fs'
import * as zlib from 'zlib'
jest.mock('crypto')
jest.mock('fs')
test('automocks of modules of Node', () => {
  crypto.randomBytes.mockReturnValue(Buffer.from('ab'))
  expect(crypto.randomBytes(2).toString()).toBe('ab')
  fs.readFileSync.mockReturnValue('text')
  expect(fs.readFileSync('x')).toBe('text')
  expect(jest.isMockFunction(fs.existsSync)).toBe(true)
})
test('namespace', () => expect(zlib.gunzipSync(zlib.gzipSync(Buffer.from('a'))).toString()).toBe('a'))
test('dynamic import', async () => expect((await import('./src/lib')).greet('x')).toBe('hello x'))
test('factory over the actual module', () => {
  jest.doMock('crypto', () => ({ ...jest.requireActual('crypto'), randomUUID: () => 'u' }))
  jest.resetModules()
  const mocked = require('crypto')
  expect(mocked.randomUUID()).toBe('u')
  expect(mocked.createHash('md5').update('').digest('hex')).toBe('d41d8cd98f00b204e9800998ecf8427e')
})
