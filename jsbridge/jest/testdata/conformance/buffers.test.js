const said = (f) => {
  try {
    return f()
  } catch (e) {
    return [e.name, e.code, e.message]
  }
}
const bytes = () => Buffer.from('0102030405fffefd', 'hex')

describe('integers of any length', () => {
  test.each([1, 2, 3, 4, 5, 6])('%i bytes', (n) => {
    const b = bytes()
    expect([b.readUIntBE(0, n), b.readUIntLE(1, n), b.readIntBE(2, n), b.readIntLE(2, n)]).toMatchSnapshot()
    expect([b.writeUIntBE(200, 0, n), b.writeIntLE(-100, 2, n), b.writeIntBE(-3, 1, n), b.writeUIntLE(7, 0, n), b.toString('hex')]).toMatchSnapshot()
  })
})
test('both spellings', () => {
  const b = bytes()
  expect([b.readUint8(1), b.readUint16LE(1), b.readUint32BE(2), b.readUintLE(0, 3), b.readBigUint64LE(0)]).toEqual([2, 0x302, 0x30405ff, 0x30201, 0xfdfeff0504030201n])
  expect([b.writeUint8(9), b.writeInt8(-1, 7), b.writeUint16BE(258, 2), b.toString('hex')]).toEqual([1, 8, 4, '090201' + '0205fffeff'])
})
test('floats', () => {
  const b = Buffer.alloc(12)
  expect([b.writeFloatLE(1.5), b.writeDoubleBE(-2.25, 4), b.readFloatLE(0), b.readDoubleBE(4), b.toString('hex')]).toMatchSnapshot()
})
test.each([
  ['beyond the end', () => bytes().readUInt16BE(7)],
  ['before the start', () => bytes().readInt32LE(-1)],
  ['a single byte', () => bytes().readUInt8(8)],
  ['nothing to read', () => Buffer.alloc(1).readUInt32LE()],
  ['a part of a byte', () => bytes().readUInt16LE(1.5)],
  ['no offset', () => bytes().readUIntBE()],
  ['no length', () => bytes().readUIntBE(0)],
  ['too long', () => bytes().readIntLE(0, 7)],
  ['a text', () => bytes().readInt8('1')],
  ['a double', () => bytes().readDoubleLE(1)],
  ['too large', () => bytes().writeUInt8(256)],
  ['too small', () => bytes().writeInt16LE(-32769)],
  ['larger', () => bytes().writeUInt32BE(2 ** 33)],
  ['large', () => bytes().writeUIntBE(2 ** 48, 0, 6)],
  ['negative', () => bytes().writeIntBE(-(2 ** 40), 0, 5)],
  ['what is no number', () => [bytes().writeUInt16LE('x'), bytes().writeInt8(3.9)]],
  ['odd', () => Buffer.alloc(3).swap16()],
])('out of range: %s', (_, f) => {
  expect(said(f)).toMatchSnapshot()
})
test('order of bytes', () => {
  expect([bytes().swap16().toString('hex'), bytes().swap32().toString('hex'), bytes().swap64().toString('hex')]).toEqual(['02010403ff05fdfe', '04030201fdfeff05', 'fdfeff0504030201'])
})
test('the last of several', () => {
  const b = Buffer.from('abcabcab')
  expect([b.lastIndexOf('ab'), b.lastIndexOf('ab', 5), b.lastIndexOf('b', -3), b.lastIndexOf(99), b.lastIndexOf('x'), b.lastIndexOf(Buffer.from('bc'), 0)]).toEqual([6, 3, 4, 5, -1, -1])
})
test('parts', () => {
  const b = Buffer.from('xabcx')
  expect([b.compare(Buffer.from('abc'), 0, 3, 1, 4), b.compare(Buffer.from('abd'), 0, 3, 1, 4), b.compare(Buffer.from('a'))]).toEqual([0, -1, 1])
  expect(Buffer.copyBytesFrom(new Uint8Array([1, 2, 3]), 1).toString('hex')).toBe('0203')
})
