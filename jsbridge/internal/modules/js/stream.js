// stream: enough of Readable, Writable, Duplex, Transform and PassThrough for what plugins and the
// libraries bundled with them do in memory. No file or socket is behind any of them.
(function (native, require) {
  const EventEmitter = require('events')
  const { inherits } = require('util')
  const { StringDecoder } = require('string_decoder')
  const later = (f, ...args) => queueMicrotask(() => f(...args))

  function Stream(options) { EventEmitter.call(this, options) }
  inherits(Stream, EventEmitter)
  Object.setPrototypeOf(Stream, EventEmitter)

  // ---- Readable

  function setUpReadable(stream, options = {}) {
    if (stream._readableState) return
    stream._readableState = {
      buffer: [], objectMode: !!(options.objectMode || options.readableObjectMode), flowing: null, ended: false, endEmitted: false, reading: false,
      highWaterMark: options.readableHighWaterMark || options.highWaterMark || (options.objectMode || options.readableObjectMode ? 16 : 16384), scheduled: false, decoder: null, pipes: [],
    }
    if (typeof options.read === 'function') stream._read = options.read
    setUpDestroy(stream, options)
    if (options.encoding) stream.setEncoding(options.encoding)
  }
  function setUpDestroy(stream, options) {
    if (stream.destroyed === undefined) stream.destroyed = false
    stream.autoDestroy = options.autoDestroy !== false
    if (typeof options.destroy === 'function') stream._destroy = options.destroy
    if (options.signal) {
      const stop = () => stream.destroy(Object.assign(native.error('Error', 'ABORT_ERR', 'The operation was aborted'), { name: 'AbortError' }))
      if (options.signal.aborted) stop()
      else options.signal.addEventListener('abort', stop, { once: true })
    }
  }
  function Readable(options) {
    if (!(this instanceof Readable)) return new Readable(options)
    setUpReadable(this, options || {})
    Stream.call(this)
  }
  inherits(Readable, Stream)
  Object.setPrototypeOf(Readable, Stream)

  function sizeOf(state) {
    return state.objectMode ? state.buffer.length : state.buffer.reduce((n, chunk) => n + chunk.length, 0)
  }
  // flow hands out what is there, and asks for more.
  function flow(stream) {
    const state = stream._readableState
    if (state.scheduled) return
    state.scheduled = true
    later(() => {
      state.scheduled = false
      while (state.flowing && state.buffer.length > 0 && !stream.destroyed) stream.emit('data', state.buffer.shift())
      if (stream.destroyed) return
      if (!state.ended && !state.reading && (state.flowing || sizeOf(state) < state.highWaterMark)) {
        state.reading = true
        try { stream._read(state.highWaterMark) } catch (error) { stream.destroy(error) }
      }
      if (state.ended && state.buffer.length === 0 && !state.endEmitted && (state.flowing || state.wanted)) {
        state.endEmitted = true
        stream.readable = false
        stream.emit('end')
        finish(stream)
      }
    })
  }
  function push(stream, chunk, encoding, front) {
    const state = stream._readableState
    state.reading = false
    if (chunk === null) {
      if (state.ended) return false
      state.ended = true
      const rest = state.decoder ? state.decoder.end() : ''
      if (rest) state.buffer.push(rest)
      if (stream.listenerCount('readable') > 0) later(() => stream.emit('readable'))
      flow(stream)
      return false
    }
    if (state.ended) {
      stream.destroy(native.error('Error', 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'))
      return false
    }
    if (!state.objectMode) {
      if (typeof chunk === 'string') chunk = state.decoder && !encoding ? chunk : Buffer.from(chunk, encoding)
      else if (!ArrayBuffer.isView(chunk)) {
        stream.destroy(native.argType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk))
        return false
      }
      if (state.decoder && typeof chunk !== 'string') chunk = state.decoder.write(chunk)
      if (chunk.length === 0) { flow(stream); return sizeOf(state) < state.highWaterMark }
    }
    if (front) state.buffer.unshift(chunk)
    else state.buffer.push(chunk)
    if (stream.listenerCount('readable') > 0) later(() => stream.emit('readable'))
    if (state.flowing || stream.listenerCount('readable') > 0) flow(stream)
    return sizeOf(state) < state.highWaterMark
  }
  const readable = {
    readable: true,
    _read() {
      if (this._readableState.asked) return
      throw native.error('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented')
    },
    push(chunk, encoding) { return push(this, chunk, encoding, false) },
    unshift(chunk, encoding) { return push(this, chunk, encoding, true) },
    read(size) {
      const state = this._readableState
      if (state.buffer.length === 0) {
        state.wanted = true
        flow(this)
        return null
      }
      let chunk
      if (state.objectMode) {
        chunk = state.buffer.shift()
      } else {
        const all = typeof state.buffer[0] === 'string' ? state.buffer.join('') : Buffer.concat(state.buffer)
        if (size !== undefined && size < all.length) {
          chunk = all.slice(0, size)
          state.buffer = [all.slice(size)]
        } else if (size !== undefined && size > all.length && !state.ended) {
          return null
        } else {
          chunk = all
          state.buffer = []
        }
      }
      state.wanted = true
      flow(this)
      if (!state.flowing) this.emit('data', chunk)
      return chunk
    },
    setEncoding(encoding) {
      this._readableState.decoder = new StringDecoder(encoding)
      this._readableState.buffer = this._readableState.buffer.map((chunk) => this._readableState.decoder.write(chunk))
      return this
    },
    pause() {
      if (this._readableState.flowing !== false) {
        this._readableState.flowing = false
        this.emit('pause')
      }
      return this
    },
    resume() {
      this._readableState.flowing = true
      this.emit('resume')
      flow(this)
      return this
    },
    isPaused() { return this._readableState.flowing === false },
    on(type, listener) {
      EventEmitter.prototype.on.call(this, type, listener)
      const state = this._readableState
      if (type === 'data' && state.flowing !== false) this.resume()
      if (type === 'readable') {
        if (state.buffer.length > 0 || state.ended) later(() => this.emit('readable'))
        else flow(this)
      }
      return this
    },
    pipe(target, options) {
      const onData = (chunk) => {
        if (target.write(chunk) === false) {
          this.pause()
          target.once('drain', () => this.resume())
        }
      }
      const onEnd = () => target.end()
      this._readableState.pipes.push({ target, onData, onEnd })
      this.on('data', onData)
      if (!options || options.end !== false) this.once('end', onEnd)
      target.emit('pipe', this)
      return target
    },
    unpipe(target) {
      const state = this._readableState
      for (const pipe of state.pipes) {
        if (target !== undefined && pipe.target !== target) continue
        this.removeListener('data', pipe.onData)
        this.removeListener('end', pipe.onEnd)
        pipe.target.emit('unpipe', this)
      }
      state.pipes = target === undefined ? [] : state.pipes.filter((pipe) => pipe.target !== target)
      return this
    },
    // toArray collects what is left.
    toArray() {
      return new Promise((resolve, reject) => {
        const chunks = []
        this.on('data', (chunk) => chunks.push(chunk))
        this.once('end', () => resolve(chunks))
        this.once('error', reject)
      })
    },
  }
  readable.addListener = readable.on
  Object.defineProperties(Readable.prototype, Object.getOwnPropertyDescriptors(readable))
  for (const [name, get] of Object.entries({
    readableFlowing: (s) => s.flowing, readableObjectMode: (s) => s.objectMode, readableEnded: (s) => s.endEmitted,
    readableLength: sizeOf, readableHighWaterMark: (s) => s.highWaterMark,
  })) {
    Object.defineProperty(Readable.prototype, name, { get() { return this._readableState ? get(this._readableState) : undefined }, configurable: true })
  }
  Readable.from = (source, options) => {
    const whole = typeof source === 'string' || source instanceof Uint8Array
    const iterator = whole ? [source][Symbol.iterator]() : (source[Symbol.asyncIterator] || source[Symbol.iterator]).call(source)
    return new Readable(Object.assign({ objectMode: true }, options, {
      read() {
        Promise.resolve(iterator.next()).then(({ value, done }) => (done ? this.push(null) : Promise.resolve(value).then((v) => this.push(v)))).catch((error) => this.destroy(error))
      },
    }))
  }
  if (Symbol.asyncIterator) {
    Object.defineProperty(Readable.prototype, Symbol.asyncIterator, {
      configurable: true,
      writable: true,
      value() {
        const chunks = []
        const waiting = []
        let over = false
        let failure = null
        const settle = () => {
          while (waiting.length > 0) {
            if (chunks.length > 0) waiting.shift().resolve({ value: chunks.shift(), done: false })
            else if (failure) waiting.shift().reject(failure)
            else if (over) waiting.shift().resolve({ value: undefined, done: true })
            else break
          }
        }
        this.on('data', (chunk) => { chunks.push(chunk); settle() })
        this.once('end', () => { over = true; settle() })
        this.once('error', (error) => { failure = error; settle() })
        this.once('close', () => { over = true; settle() })
        return {
          next: () => new Promise((resolve, reject) => { waiting.push({ resolve, reject }); settle() }),
          return: () => { this.destroy(); return Promise.resolve({ value: undefined, done: true }) },
          [Symbol.asyncIterator]() { return this },
        }
      },
    })
  }

  // ---- Writable

  function setUpWritable(stream, options = {}) {
    if (stream._writableState) return
    stream._writableState = {
      queue: [], objectMode: !!(options.objectMode || options.writableObjectMode), busy: false, ending: false, finished: false, needDrain: false, corked: 0, length: 0,
      highWaterMark: options.writableHighWaterMark || options.highWaterMark || (options.objectMode || options.writableObjectMode ? 16 : 16384),
      decode: options.decodeStrings !== false, encoding: options.defaultEncoding || 'utf8',
    }
    for (const name of ['write', 'writev', 'final']) if (typeof options[name] === 'function') stream['_' + name] = options[name]
    setUpDestroy(stream, options)
  }
  function Writable(options) {
    if (!(this instanceof Writable)) return new Writable(options)
    setUpWritable(this, options || {})
    Stream.call(this)
  }
  inherits(Writable, Stream)
  Object.setPrototypeOf(Writable, Stream)
  // A Duplex is a Writable too, though it inherits from Readable.
  Object.defineProperty(Writable, Symbol.hasInstance, {
    value(object) { return Function.prototype[Symbol.hasInstance].call(this, object) || (this === Writable && !!object && object._writableState !== undefined && object instanceof Stream) },
  })

  function work(stream) {
    const state = stream._writableState
    if (state.busy || state.corked || stream.destroyed) return
    const item = state.queue.shift()
    if (item === undefined) {
      if (state.ending && !state.finished) complete(stream)
      return
    }
    state.busy = true
    let sync = true
    const done = (error) => {
      const go = () => {
        state.busy = false
        state.length -= item.size
        if (item.callback) item.callback(error || null)
        if (error) return stream.destroy(error)
        if (state.needDrain && state.length === 0 && !state.ending) {
          state.needDrain = false
          stream.emit('drain')
        }
        work(stream)
      }
      if (sync) later(go)
      else go()
    }
    try { stream._write(item.chunk, item.encoding, done) } catch (error) { stream.destroy(error) }
    sync = false
  }
  function complete(stream) {
    const state = stream._writableState
    state.finished = true
    const end = (error) => {
      if (error) return stream.destroy(error)
      later(() => {
        stream.emit('prefinish')
        stream.writable = false
        stream.emit('finish')
        finish(stream)
      })
    }
    if (typeof stream._final === 'function') stream._final(end)
    else end()
  }
  const writable = {
    writable: true,
    _write(chunk, encoding, callback) {
      if (typeof this._writev === 'function') return this._writev([{ chunk, encoding }], callback)
      throw native.error('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented')
    },
    write(chunk, encoding, callback) {
      if (typeof encoding === 'function') {
        callback = encoding
        encoding = undefined
      }
      const state = this._writableState
      encoding = encoding || state.encoding
      if (chunk === null) throw native.error('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
      if (!state.objectMode) {
        if (typeof chunk === 'string') {
          if (state.decode) {
            chunk = Buffer.from(chunk, encoding)
            encoding = 'buffer'
          }
        } else if (ArrayBuffer.isView(chunk)) {
          if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
          encoding = 'buffer'
        } else {
          throw native.argType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk)
        }
      }
      let error
      if (state.ending) error = native.error('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
      else if (this.destroyed) error = native.error('Error', 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed')
      if (error) {
        if (callback) later(callback, error)
        this.destroy(error)
        return false
      }
      const size = state.objectMode ? 1 : chunk.length
      state.length += size
      state.queue.push({ chunk, encoding, callback, size })
      const room = state.length < state.highWaterMark
      if (!room) state.needDrain = true
      work(this)
      return room
    },
    end(chunk, encoding, callback) {
      if (typeof chunk === 'function') [chunk, callback] = [undefined, chunk]
      else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding]
      if (chunk !== undefined && chunk !== null) this.write(chunk, encoding)
      const state = this._writableState
      if (callback) {
        if (state.finished) later(callback)
        else this.once('finish', callback)
      }
      state.corked = 0
      state.ending = true
      work(this)
      return this
    },
    cork() { this._writableState.corked++ },
    uncork() {
      const state = this._writableState
      if (state.corked > 0 && --state.corked === 0) work(this)
    },
    setDefaultEncoding(encoding) {
      this._writableState.encoding = encoding
      return this
    },
  }
  const writableGetters = {
    writableEnded: (s) => s.ending, writableFinished: (s) => s.finished, writableObjectMode: (s) => s.objectMode, writableLength: (s) => s.length,
    writableHighWaterMark: (s) => s.highWaterMark, writableCorked: (s) => s.corked, writableNeedDrain: (s) => s.needDrain,
  }
  function defineWritable(prototype) {
    Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(writable))
    for (const [name, get] of Object.entries(writableGetters)) {
      Object.defineProperty(prototype, name, { get() { return this._writableState ? get(this._writableState) : undefined }, configurable: true })
    }
  }
  defineWritable(Writable.prototype)

  // ---- both

  // finish closes a stream when everything that it does is over.
  function finish(stream) {
    const r = stream._readableState
    const w = stream._writableState
    if (stream.autoDestroy && (!r || r.endEmitted) && (!w || w.finished)) stream.destroy()
  }
  const both = {
    destroy(error, callback) {
      if (this.destroyed) return this
      this.destroyed = true
      this._destroy(error || null, (failure) => {
        later(() => {
          if (callback) callback(failure)
          if (failure) {
            this.errored = failure
            this.emit('error', failure)
          }
          this.closed = true
          this.emit('close')
        })
      })
      return this
    },
    _destroy(error, callback) { callback(error) },
    closed: false,
    errored: null,
  }
  for (const prototype of [Readable.prototype, Writable.prototype]) Object.assign(prototype, both)

  function Duplex(options) {
    if (!(this instanceof Duplex)) return new Duplex(options)
    setUpReadable(this, options || {})
    setUpWritable(this, options || {})
    this.allowHalfOpen = !options || options.allowHalfOpen !== false
    Stream.call(this)
  }
  inherits(Duplex, Readable)
  Object.setPrototypeOf(Duplex, Readable)
  defineWritable(Duplex.prototype)

  function Transform(options) {
    if (!(this instanceof Transform)) return new Transform(options)
    Duplex.call(this, options)
    this._readableState.asked = true
    if (options && typeof options.transform === 'function') this._transform = options.transform
    if (options && typeof options.flush === 'function') this._flush = options.flush
  }
  inherits(Transform, Duplex)
  Object.setPrototypeOf(Transform, Duplex)
  Object.assign(Transform.prototype, {
    _transform() { throw native.error('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented') },
    _read() {},
    _write(chunk, encoding, callback) {
      this._transform(chunk, encoding, (error, value) => {
        if (error) return callback(error)
        if (value !== undefined && value !== null) this.push(value)
        callback()
      })
    },
    _final(callback) {
      const end = (error, value) => {
        if (error) return callback(error)
        if (value !== undefined && value !== null) this.push(value)
        this.push(null)
        callback()
      }
      if (typeof this._flush === 'function') this._flush(end)
      else end()
    },
  })

  function PassThrough(options) {
    if (!(this instanceof PassThrough)) return new PassThrough(options)
    Transform.call(this, options)
  }
  inherits(PassThrough, Transform)
  Object.setPrototypeOf(PassThrough, Transform)
  PassThrough.prototype._transform = (chunk, encoding, callback) => callback(null, chunk)

  function finished(stream, options, callback) {
    if (typeof options === 'function') callback = options
    let called = false
    const done = (error) => {
      if (called) return
      called = true
      callback.call(stream, error)
    }
    const check = () => {
      const r = stream._readableState
      const w = stream._writableState
      if ((!r || r.endEmitted) && (!w || w.finished)) done()
    }
    stream.on('end', check)
    stream.on('finish', check)
    stream.on('error', done)
    stream.on('close', () => {
      const r = stream._readableState
      const w = stream._writableState
      if ((r && !r.endEmitted) || (w && !w.finished)) done(native.error('Error', 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'))
    })
    return () => { called = true }
  }

  function pipeline(...streams) {
    const callback = typeof streams[streams.length - 1] === 'function' ? streams.pop() : () => {}
    if (Array.isArray(streams[0])) streams = streams[0]
    let failure
    let open = streams.length
    streams.forEach((stream, i) => {
      finished(stream, (error) => {
        if (error && !failure) {
          failure = error
          for (const other of streams) if (other !== stream) other.destroy()
        }
        if (--open === 0) callback(failure)
      })
      if (i > 0) streams[i - 1].pipe(stream)
    })
    return streams[streams.length - 1]
  }

  const promise = (f) => (...args) => new Promise((resolve, reject) => { f(...args, (error) => (error ? reject(error) : resolve())) })
  return Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, promises: { finished: promise(finished), pipeline: promise(pipeline) } })
})
