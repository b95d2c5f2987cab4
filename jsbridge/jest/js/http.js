// http and https as far as they work without a network. Requests are made and fail to connect, unless a
// package that mocks them, as nock or msw, answers; it answers those of node-fetch too. The classes are
// functions, as in Node: older packages call them on what inherits from them.
(function (core) {
  let made
  const http = () => (made = made || make(core.native))
  core.httpModule = (protocol) => http().module(protocol)
  core.ownModules['node-fetch'] = () => http().nodeFetch()

  function make(native) {
    const EventEmitter = native.builtin('events')
    const { Stream, Readable } = native.builtin('stream')
    const { inherits } = native.builtin('util')
    const { urlToHttpOptions } = native.builtin('url')
    const real = native.builtin('node-fetch')

    function Agent(options) {
      if (!(this instanceof Agent)) return new Agent(options)
      EventEmitter.call(this)
      const o = { ...options }
      Object.assign(this, { options: o, requests: {}, sockets: {}, freeSockets: {}, keepAlive: !!o.keepAlive, maxSockets: o.maxSockets || Infinity })
    }
    inherits(Agent, EventEmitter)
    Agent.prototype.destroy = function () {}

    function IncomingMessage(socket) {
      Readable.call(this)
      Object.assign(this, { socket, connection: socket, headers: {}, rawHeaders: [], trailers: {}, rawTrailers: [], httpVersion: '1.1', statusCode: null, statusMessage: null, complete: false, aborted: false })
    }
    inherits(IncomingMessage, Readable)
    IncomingMessage.prototype._read = function () {}
    IncomingMessage.prototype.setTimeout = function () { return this }

    function OutgoingMessage() {
      Stream.call(this)
      Object.assign(this, { writable: true, finished: false, headersSent: false, fields: new Map() })
    }
    inherits(OutgoingMessage, Stream)
    Object.assign(OutgoingMessage.prototype, {
      setHeader(name, value) { this.fields.set(String(name).toLowerCase(), [String(name), value]); return this },
      getHeader(name) { return (this.fields.get(String(name).toLowerCase()) || [])[1] },
      hasHeader(name) { return this.fields.has(String(name).toLowerCase()) },
      removeHeader(name) { this.fields.delete(String(name).toLowerCase()) },
      getHeaderNames() { return [...this.fields.keys()] },
      getRawHeaderNames() { return [...this.fields.values()].map(([name]) => name) },
      getHeaders() { return Object.assign(Object.create(null), Object.fromEntries([...this.fields].map(([key, [, value]]) => [key, value]))) },
      flushHeaders() {},
      setTimeout() { return this },
      setNoDelay() {},
      setSocketKeepAlive() {},
      write(chunk, encoding, done) {
        const f = typeof encoding === 'function' ? encoding : done
        if (f) core.real.setImmediate(f)
        return true
      },
      destroy(error) {
        this.destroyed = true
        core.real.setImmediate(() => { if (error) this.emit('error', error); this.emit('close') })
        return this
      },
    })

    const refused = ({ host, port }) => Object.assign(
      new Error(`connect ECONNREFUSED ${host}:${port}: tests open no connection; mock it with jest.mock`),
      { code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: host, port },
    )

    // asked takes the arguments of a request apart: a URL or none, options or none, a callback or none.
    function asked(args) {
      const isURL = typeof args[0] === 'string' || (core.isObject(args[0]) && args[0].searchParams !== undefined)
      const url = isURL ? urlToHttpOptions(new URL(args[0])) : {}
      const options = args.slice(isURL ? 1 : 0).find(core.isObject)
      return [{ ...url, ...options }, args.find((a) => typeof a === 'function')]
    }

    function ClientRequest(...args) {
      OutgoingMessage.call(this)
      const [o, callback] = asked(args)
      this.protocol = o.protocol || 'http:'
      this.host = o.hostname || o.host || 'localhost'
      this.port = o.port || (this.protocol === 'https:' ? 443 : 80)
      this.method = String(o.method || 'GET').toUpperCase()
      this.path = o.path || '/'
      this.agent = o.agent
      for (const [name, value] of Object.entries(o.headers || {})) this.setHeader(name, value)
      if (!this.hasHeader('host')) this.setHeader('Host', this.host + ([80, 443].includes(Number(this.port)) ? '' : ':' + this.port))
      if (o.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', 'Basic ' + Buffer.from(o.auth).toString('base64'))
      if (callback) this.once('response', callback)
    }
    inherits(ClientRequest, OutgoingMessage)
    ClientRequest.prototype.end = function (...args) {
      const done = args.find((a) => typeof a === 'function')
      this.finished = true
      core.real.setImmediate(() => {
        if (done) done()
        if (!this.destroyed && !this.aborted) this.emit('error', refused(this))
      })
      return this
    }
    ClientRequest.prototype.abort = function () {
      this.aborted = true
      this.emit('abort')
    }

    const statusCodes = {
      200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 304: 'Not Modified',
      400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 410: 'Gone',
      413: 'Payload Too Large', 415: 'Unsupported Media Type', 422: 'Unprocessable Entity', 429: 'Too Many Requests',
      500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
    }

    // own are the functions that the modules began with: one that differs mocks requests.
    const own = new Map()
    function module(protocol) {
      const request = (...args) => {
        const [options, callback] = asked(args)
        return new ClientRequest({ protocol, ...options }, callback)
      }
      own.set(protocol, request)
      return {
        METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
        STATUS_CODES: statusCodes,
        Agent, globalAgent: Object.assign(new Agent(), { protocol }),
        IncomingMessage, OutgoingMessage, ClientRequest,
        request,
        get(...args) {
          const sent = request(...args)
          sent.end()
          return sent
        },
        maxHeaderSize: 16384,
      }
    }

    // mockedRequest is what a package put in the place of the function that requests a URL.
    function mockedRequest(url) {
      const [protocol] = /^https?:/i.exec(url) || ['']
      if (!own.has(protocol)) return undefined
      const { request } = core.builtin(protocol.slice(0, -1))
      return request === own.get(protocol) ? undefined : request
    }

    // nodeFetch is node-fetch, which asks for what it fetches by http.request if that is mocked.
    function nodeFetch() {
      const fetch = function fetch(url, init) {
        const send = mockedRequest(core.isObject(url) && url.url ? url.url : String(url))
        return send ? viaRequest(send, new real.Request(url, init)) : real(url, init)
      }
      Object.assign(fetch, real, { default: fetch })
      Object.defineProperty(fetch, '__esModule', { value: true })
      return fetch
    }

    async function viaRequest(send, request) {
      const url = new URL(request.url)
      const body = ['GET', 'HEAD'].includes(request.method) ? '' : await request.text()
      const headers = { accept: '*/*', ...Object.fromEntries(request.headers), ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
      return new core.Promise((resolve, reject) => {
        const failed = (e) => reject(new real.FetchError(`request to ${request.url} failed, reason: ${e.message}`, 'system', e))
        const sent = send({ ...urlToHttpOptions(url), method: request.method, headers })
        sent.on('error', failed)
        sent.on('response', (message) => {
          const chunks = []
          message.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
          message.on('error', failed)
          message.on('end', () => resolve(new real.Response(Buffer.concat(chunks), {
            url: request.url, status: message.statusCode, statusText: message.statusMessage || statusCodes[message.statusCode], headers: message.headers,
          })))
        })
        if (body !== '') sent.write(body)
        sent.end()
      })
    }
    return { module, nodeFetch }
  }
})
