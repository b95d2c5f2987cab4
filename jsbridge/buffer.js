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
    static allocUnsafeSlow(size) { return new Buffer(size) }
    static copyBytesFrom(from, offset = 0, length = from.length - offset) {
      const part = from.subarray(offset, offset + length)
      return Buffer.from(part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength))
    }
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
    compare(other, otherStart = 0, otherEnd = other.length, start = 0, end = this.length) {
      return Buffer.compare(this.subarray(start, end), other.subarray(otherStart, otherEnd))
    }
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
    lastIndexOf(value, from = this.length, encoding) {
      if (typeof from === 'string') { encoding = from; from = this.length }
      const bytes = typeof value === 'number' ? [value & 255] : Buffer.from(value, encoding)
      for (let i = Math.min(from < 0 ? this.length + from : from, this.length - bytes.length); i >= 0; i--) {
        let j = 0
        while (j < bytes.length && this[i + j] === bytes[j]) j++
        if (j === bytes.length) return i
      }
      return -1
    }
    includes(value, from, encoding) { return this.indexOf(value, from, encoding) !== -1 }
    swap16() { return swap(this, 2) }
    swap32() { return swap(this, 4) }
    swap64() { return swap(this, 8) }
  }
  function failure(Type, code, message) {
    return Object.assign(new Type(message), { code })
  }
  function swap(b, size) {
    if (b.length % size !== 0) throw failure(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`)
    for (let i = 0; i < b.length; i += size) b.subarray(i, i + size).reverse()
    return b
  }
  // shown is a number as Node's messages have it: long ones in groups of three digits.
  function shown(n) {
    const text = String(n) + (typeof n === 'bigint' ? 'n' : '')
    return (typeof n === 'bigint' || Number.isInteger(n)) && (n > 2 ** 32 || n < -(2 ** 32)) ? text.replace(/\B(?=(\d{3})+n?$)/g, '_') : text
  }
  function outOfRange(name, want, got) {
    return failure(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${want}. Received ${shown(got)}`)
  }
  function number(name, value) {
    if (typeof value === 'number') return
    const got = value === null || typeof value === 'undefined' ? String(value) : `type ${typeof value} (${typeof value === 'string' ? `'${value}'` : String(value)})`
    throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type number. Received ${got}`)
  }
  // position checks that size bytes can be read or written at an offset.
  function position(b, offset, size) {
    number('offset', offset)
    if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset)
    if (b.length < size) throw failure(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds')
    if (offset < 0 || offset > b.length - size) throw outOfRange('offset', `>= 0 and <= ${b.length - size}`, offset)
    return offset
  }
  // fits checks that an integer can be written in size bytes.
  function fits(value, size, signed) {
    const bits = size * 8
    const [low, high] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1]
    if (!(value > high || value < low)) return
    const want = size <= 4 ? `>= ${low} and <= ${high}` : signed ? `>= -(2 ** ${bits - 1}) and < 2 ** ${bits - 1}` : `>= 0 and < 2 ** ${bits}`
    throw outOfRange('value', want, value)
  }
  function method(name, f) {
    for (const alias of new Set([name, name.replace('UInt', 'Uint')])) {
      Object.defineProperty(Buffer.prototype, alias, { value: f, writable: true, configurable: true })
    }
  }
  // readInteger and writeInteger know integers of 1 to 6 bytes.
  function readInteger(b, offset, size, signed, little) {
    position(b, offset, size)
    let n = 0
    for (let i = 0; i < size; i++) n = n * 256 + b[little ? offset + size - 1 - i : offset + i]
    return signed && n >= 2 ** (size * 8 - 1) ? n - 2 ** (size * 8) : n
  }
  function writeInteger(b, value, offset, size, signed, little) {
    value = +value
    fits(value, size, signed)
    position(b, offset, size)
    let rest = Math.trunc(value) || 0
    for (let i = 0; i < size; i++) {
      b[little ? offset + i : offset + size - 1 - i] = ((rest % 256) + 256) % 256
      rest = Math.floor(rest / 256)
    }
    return offset + size
  }
  // length checks how many bytes an integer of any length is to have, once its offset is a number.
  function length(size, offset) {
    number('offset', offset)
    number('byteLength', size)
    if (!(size >= 1 && size <= 6)) throw outOfRange('byteLength', '>= 1 and <= 6', size)
    return size
  }
  for (const signed of [false, true]) {
    const name = signed ? 'Int' : 'UInt'
    method(`read${name}8`, function (at = 0) { return readInteger(this, at, 1, signed) })
    method(`write${name}8`, function (value, at = 0) { return writeInteger(this, value, at, 1, signed) })
    for (const little of [false, true]) {
      const order = little ? 'LE' : 'BE'
      method(`read${name}${order}`, function (at, size) { return readInteger(this, at, length(size, at), signed, little) })
      method(`write${name}${order}`, function (value, at, size) { return writeInteger(this, value, at, length(size, at), signed, little) })
      for (const size of [2, 4]) {
        method(`read${name}${size * 8}${order}`, function (at = 0) { return readInteger(this, at, size, signed, little) })
        method(`write${name}${size * 8}${order}`, function (value, at = 0) { return writeInteger(this, value, at, size, signed, little) })
      }
    }
  }
  // The others are what a DataView reads and writes.
  const views = { Float: ['Float32', 4], Double: ['Float64', 8], BigUInt64: ['BigUint64', 8], BigInt64: ['BigInt64', 8] }
  for (const [name, [view, size]] of Object.entries(views)) {
    const get = DataView.prototype['get' + view]
    const set = DataView.prototype['set' + view]
    const of = (b) => new DataView(b.buffer, b.byteOffset, b.byteLength)
    for (const little of [false, true]) {
      const order = little ? 'LE' : 'BE'
      method(`read${name}${order}`, function (at = 0) { return get.call(of(this), position(this, at, size), little) })
      method(`write${name}${order}`, function (value, at = 0) { set.call(of(this), position(this, at, size), value, little); return at + size })
    }
  }
  Buffer.poolSize = 8192
  return Buffer
})
