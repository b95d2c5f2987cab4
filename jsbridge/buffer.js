// Buffer: Node's subclass of Uint8Array. native.decode(bytes, encoding) and
// native.encode(text, encoding) do the work that is per byte.
(function (native) {
  const encodings = {
    utf8: 'utf8', 'utf-8': 'utf8', hex: 'hex', base64: 'base64', base64url: 'base64url',
    latin1: 'latin1', binary: 'latin1', ascii: 'ascii',
    ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le',
  }
  function normal(encoding) {
    if (encoding === undefined || encoding === null || encoding === '') return 'utf8'
    const name = encodings[String(encoding).toLowerCase()]
    if (!name) throw new TypeError('Unknown encoding: ' + encoding)
    return name
  }
  function view(bytes) {
    return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  class Buffer extends Uint8Array {
    static from(value, encodingOrOffset, length) {
      if (typeof value === 'string') return new Buffer(native.encode(value, normal(encodingOrOffset)))
      if (value instanceof ArrayBuffer) return new Buffer(value, encodingOrOffset, length)
      if (ArrayBuffer.isView(value) || Array.isArray(value)) {
        const out = new Buffer(value.length)
        for (let i = 0; i < value.length; i++) out[i] = value[i]
        return out
      }
      if (value && value.type === 'Buffer' && Array.isArray(value.data)) return Buffer.from(value.data)
      if (value !== null && value !== undefined) {
        const primitive = value.valueOf && value.valueOf()
        if (primitive !== value && primitive !== null && primitive !== undefined) return Buffer.from(primitive, encodingOrOffset, length)
        if (typeof value === 'object' && typeof value.length === 'number') return Buffer.from(Array.from(value))
      }
      throw new TypeError('The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ' + (value === null ? 'null' : typeof value))
    }
    static alloc(size, fill, encoding) {
      const out = new Buffer(size)
      return fill === undefined || fill === 0 ? out : out.fill(fill, encoding)
    }
    static allocUnsafe(size) { return new Buffer(size) }
    static isBuffer(value) { return value instanceof Buffer }
    static isEncoding(encoding) { return typeof encoding === 'string' && !!encodings[encoding.toLowerCase()] }
    static byteLength(value, encoding) {
      return typeof value === 'string' ? native.encode(value, normal(encoding)).byteLength : value.byteLength
    }
    static concat(list, total) {
      if (total === undefined) total = list.reduce((n, b) => n + b.length, 0)
      const out = new Buffer(total)
      let at = 0
      for (const part of list) {
        if (at >= total) break
        const piece = part.length > total - at ? part.subarray(0, total - at) : part
        out.set(piece, at)
        at += piece.length
      }
      return out
    }
    static compare(a, b) {
      const n = Math.min(a.length, b.length)
      for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1
      return a.length === b.length ? 0 : a.length < b.length ? -1 : 1
    }
    toString(encoding, start, end) {
      start = Math.max(0, start === undefined ? 0 : start | 0)
      end = Math.min(this.length, end === undefined ? this.length : end | 0)
      if (end <= start) return ''
      const part = start === 0 && end === this.length ? this : this.subarray(start, end)
      return native.decode(part, normal(encoding))
    }
    toLocaleString(encoding, start, end) { return this.toString(encoding, start, end) }
    toJSON() { return { type: 'Buffer', data: Array.from(this) } }
    equals(other) { return Buffer.compare(this, other) === 0 }
    compare(other) { return Buffer.compare(this, other) }
    slice(start, end) { return this.subarray(start, end) }
    subarray(start, end) { return view(Uint8Array.prototype.subarray.call(new Uint8Array(this.buffer, this.byteOffset, this.byteLength), start, end)) }
    write(text, offset, length, encoding) {
      if (typeof offset === 'string') { encoding = offset; offset = 0; length = undefined }
      else if (typeof length === 'string') { encoding = length; length = undefined }
      offset = offset || 0
      const bytes = new Uint8Array(native.encode(text, normal(encoding)))
      const n = Math.min(bytes.length, this.length - offset, length === undefined ? Infinity : length)
      for (let i = 0; i < n; i++) this[offset + i] = bytes[i]
      return n
    }
    copy(target, targetStart = 0, start = 0, end = this.length) {
      const part = this.subarray(start, Math.min(end, start + target.length - targetStart))
      target.set(part, targetStart)
      return part.length
    }
    fill(value, offset, end, encoding) {
      if (typeof offset === 'string') { encoding = offset; offset = 0; end = undefined }
      offset = offset === undefined ? 0 : offset
      end = end === undefined ? this.length : end
      if (typeof value === 'number') return super.fill(value, offset, end)
      const bytes = Buffer.from(value, encoding)
      if (bytes.length === 0) return super.fill(0, offset, end)
      for (let i = offset; i < end; i++) this[i] = bytes[(i - offset) % bytes.length]
      return this
    }
    indexOf(value, from = 0, encoding) {
      if (typeof value === 'number') return super.indexOf(value & 255, from)
      const bytes = Buffer.from(value, encoding)
      for (let i = from < 0 ? Math.max(0, this.length + from) : from; i + bytes.length <= this.length; i++) {
        let j = 0
        while (j < bytes.length && this[i + j] === bytes[j]) j++
        if (j === bytes.length) return i
      }
      return -1
    }
    includes(value, from, encoding) { return this.indexOf(value, from, encoding) !== -1 }
    readUInt8(at = 0) { return this[at] }
    readInt8(at = 0) { return (this[at] << 24) >> 24 }
    writeUInt8(value, at = 0) { this[at] = value; return at + 1 }
  }
  const numbers = { UInt16: 2, Int16: 2, UInt32: 4, Int32: 4, Float: 4, Double: 8, BigUInt64: 8, BigInt64: 8 }
  const views = { UInt16: 'Uint16', Int16: 'Int16', UInt32: 'Uint32', Int32: 'Int32', Float: 'Float32', Double: 'Float64', BigUInt64: 'BigUint64', BigInt64: 'BigInt64' }
  for (const name of Object.keys(numbers)) {
    for (const order of ['LE', 'BE']) {
      const little = order === 'LE'
      const get = DataView.prototype['get' + views[name]]
      const set = DataView.prototype['set' + views[name]]
      const of = (b) => new DataView(b.buffer, b.byteOffset, b.byteLength)
      const read = function (at = 0) { return get.call(of(this), at, little) }
      const write = function (value, at = 0) { set.call(of(this), at, value, little); return at + numbers[name] }
      for (const alias of new Set([name, name.replace('UInt', 'Uint')])) {
        Object.defineProperty(Buffer.prototype, 'read' + alias + order, { value: read, writable: true, configurable: true })
        Object.defineProperty(Buffer.prototype, 'write' + alias + order, { value: write, writable: true, configurable: true })
      }
    }
  }
  Buffer.poolSize = 8192
  return Buffer
})
