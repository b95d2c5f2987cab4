// string_decoder, on top of TextDecoder and Buffer.
(function (native) {
  const stateless = { hex: 0, latin1: 0, binary: 0, ascii: 0 }
  class StringDecoder {
    constructor(encoding = 'utf8') {
      if (!Buffer.isEncoding(encoding)) throw native.error('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`)
      const name = String(encoding).toLowerCase()
      this.encoding = { 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le', binary: 'latin1' }[name] || name
      this.pending = Buffer.alloc(0)
    }
    write(chunk) {
      if (typeof chunk === 'string') return chunk
      if (!ArrayBuffer.isView(chunk)) throw native.argType('buf', 'an instance of Buffer, TypedArray, or DataView', chunk)
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      if (this.encoding in stateless) return chunk.toString(this.encoding)
      const data = this.pending.length ? Buffer.concat([this.pending, chunk]) : chunk
      const keep = this.incomplete(data)
      this.pending = Buffer.from(data.subarray(data.length - keep))
      return data.toString(this.encoding, 0, data.length - keep)
    }
    end(chunk) {
      const text = chunk === undefined ? '' : this.write(chunk)
      const rest = this.pending.toString(this.encoding)
      this.pending = Buffer.alloc(0)
      return text + rest
    }
    // incomplete is the number of bytes at the end that the next chunk may complete.
    incomplete(data) {
      if (this.encoding === 'base64' || this.encoding === 'base64url') return data.length % 3
      if (this.encoding === 'utf16le') {
        if (data.length % 2 === 1) return 1
        return data.length > 0 && (data[data.length - 1] & 0xfc) === 0xd8 ? 2 : 0
      }
      for (let n = 1; n <= Math.min(3, data.length); n++) {
        const byte = data[data.length - n]
        if ((byte & 0xc0) === 0x80) continue
        const need = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1
        return byte < 0xf5 && need > n ? n : 0
      }
      return 0
    }
  }
  return { StringDecoder }
})
