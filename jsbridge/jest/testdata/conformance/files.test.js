const fs = require('fs')
const path = require('path')
const { once } = require('events')
const name = path.join(__dirname, 'src', 'data.json')
const text = fs.readFileSync(name, 'utf8')
const said = (f) => {
  try {
    return f()
  } catch (e) {
    return [e.code, e.syscall]
  }
}

test('descriptors', () => {
  const fd = fs.openSync(name, 'r')
  const b = Buffer.alloc(8)
  expect([fs.readSync(fd, b, 0, 4), fs.readSync(fd, b, 4, 2), fs.readSync(fd, b, 6, 2, 1)]).toEqual([4, 2, 2])
  expect(b.toString()).toBe(text.slice(0, 6) + text.slice(1, 3))
  expect(fs.readSync(fd, b, { offset: 0, length: 2, position: 0 })).toBe(2)
  expect(fs.readSync(fd, b, 0, 8, text.length)).toBe(0)
  expect(fs.fstatSync(fd).size).toBe(Buffer.byteLength(text))
  expect(fs.readFileSync(fd, 'utf8').length).toBeGreaterThan(0)
  fs.closeSync(fd)
  expect(said(() => fs.closeSync(fd))).toEqual(['EBADF', 'close'])
  expect(said(() => fs.readSync(fd, b))).toEqual(['EBADF', 'read'])
})
test('callbacks', (done) => {
  fs.open(name, (error, fd) => {
    expect(error).toBe(null)
    fs.read(fd, Buffer.alloc(3), 0, 3, 0, (error, n, buffer) => {
      expect([error, n, buffer.toString()]).toEqual([null, 3, text.slice(0, 3)])
      fs.exists(name, (there) => {
        expect(there).toBe(true)
        done()
      })
    })
  })
})
test('handles', async () => {
  const handle = await fs.promises.open(name)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  expect([bytesRead, buffer.toString(), (await handle.stat()).isFile()]).toEqual([2, text.slice(0, 2), true])
  await handle.close()
})
test('streams', async () => {
  const parts = []
  for await (const part of fs.createReadStream(name, { encoding: 'utf8', highWaterMark: 5 })) parts.push(part)
  expect(parts.join('')).toBe(text)
  expect(parts[0]).toHaveLength(5)
  const some = []
  const stream = fs.createReadStream(name, { start: 2, end: 4 })
  stream.on('data', (part) => some.push(part.toString()))
  await once(stream, 'end')
  expect(some.join('')).toBe(text.slice(2, 5))
  await expect(once(fs.createReadStream(name + '.none'), 'end')).rejects.toMatchObject({ code: 'ENOENT' })
})
test('errors', () => {
  expect(said(() => fs.readFileSync(__dirname))).toEqual(['EISDIR', 'read'])
  expect(said(() => fs.readdirSync(name))).toEqual(['ENOTDIR', 'scandir'])
  expect(said(() => fs.openSync(name + '.none'))).toEqual(['ENOENT', 'open'])
  expect(said(() => fs.realpathSync(name + '.none'))[0]).toBe('ENOENT')
  expect(() => fs.readFile(name)).toThrow('The "cb" argument must be of type function. Received undefined')
})
test('entries', () => {
  const entries = fs.readdirSync(path.join(__dirname, 'src'), { withFileTypes: true })
  const of = (name) => entries.find((e) => e.name === name)
  expect([of('data.json').isFile(), of('data.json').isDirectory(), of('__mocks__').isDirectory()]).toEqual([true, false, true])
  const stat = fs.statSync(name)
  expect([stat.isSymbolicLink(), stat.isFIFO(), stat.mtime.toISOString().length]).toEqual([false, false, 24])
})
