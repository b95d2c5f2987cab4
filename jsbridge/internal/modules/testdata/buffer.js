// The class Buffer of the tests: as much of Node's as the modules need of their host's.
(function (native) {
  const encodings = ['utf8', 'utf-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii', 'utf16le', 'ucs2']
  const normal = (e) => ({ undefined: 'utf8', 'utf-8': 'utf8', binary: 'latin1', ucs2: 'utf16le' })[e] || e
  return class Buffer extends Uint8Array {
    static from(value, encoding, length) {
      if (typeof value === 'string') return new Buffer(native.encode(value, normal(encoding)))
      if (value instanceof ArrayBuffer) return new Buffer(value, encoding, length)
      const out = new Buffer(value.length)
      out.set(value)
      return out
    }
    static alloc(size) { return new Buffer(size) }
    static isBuffer(value) { return value instanceof Buffer }
    static isEncoding(encoding) { return encodings.includes(String(encoding).toLowerCase()) }
    static concat(list) {
      const out = new Buffer(list.reduce((n, b) => n + b.length, 0))
      let at = 0
      for (const b of list) {
        out.set(b, at)
        at += b.length
      }
      return out
    }
    subarray(start, end) {
      const part = new Uint8Array(this.buffer, this.byteOffset, this.byteLength).subarray(start, end)
      return new Buffer(part.buffer, part.byteOffset, part.byteLength)
    }
    slice(start, end) { return this.subarray(start, end) }
    toString(encoding, start, end) { return native.decode(this.subarray(start || 0, end === undefined ? this.length : end), normal(encoding)) }
    toJSON() { return { type: 'Buffer', data: Array.from(this) } }
  }
})
