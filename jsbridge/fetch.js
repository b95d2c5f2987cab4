// fetch, Headers, Request and Response, as far as plugins use them: the surface of node-fetch 2
// and of the web's own. native.fetch(method, url, headers, body, manual) does the work and
// returns {url, redirected, status, statusText, headers, body} or throws; native.reason(status) is what
// HTTP calls a status. It returns {fetch, Headers, Request, Response}, the globals; fetch is also the module.
(function (native) {
  function pairs(init) {
    if (init === undefined || init === null) return []
    if (init instanceof Headers) return Array.from(init.entries())
    if (Array.isArray(init)) return init
    if (typeof init.entries === 'function' && typeof init !== 'string') return Array.from(init.entries())
    return Object.keys(init).map((name) => [name, init[name]])
  }
  class Headers {
    #map = new Map()
    constructor(init) {
      for (const [name, value] of pairs(init)) this.append(name, value)
    }
    append(name, value) {
      const key = String(name).toLowerCase()
      const old = this.#map.get(key)
      this.#map.set(key, old === undefined ? String(value) : old + ', ' + String(value))
    }
    set(name, value) { this.#map.set(String(name).toLowerCase(), String(value)) }
    get(name) { return this.#map.get(String(name).toLowerCase()) ?? null }
    has(name) { return this.#map.has(String(name).toLowerCase()) }
    delete(name) { this.#map.delete(String(name).toLowerCase()) }
    forEach(f, self) { for (const [name, value] of this) f.call(self, value, name, this) }
    *entries() { for (const name of [...this.#map.keys()].sort()) yield [name, this.#map.get(name)] }
    *keys() { for (const [name] of this.entries()) yield name }
    *values() { for (const [, value] of this.entries()) yield value }
    [Symbol.iterator]() { return this.entries() }
    raw() {
      const all = {}
      for (const [name, value] of this) all[name] = [value]
      return all
    }
    get [Symbol.toStringTag]() { return 'Headers' }
  }
  // bytes turns a body into a Uint8Array, undefined for none, and names its default type.
  function bytes(body) {
    if (body === undefined || body === null) return [undefined, null]
    if (typeof body === 'string') return [Buffer.from(body), 'text/plain;charset=UTF-8']
    if (ArrayBuffer.isView(body)) return [Buffer.from(body.buffer, body.byteOffset, body.byteLength), null]
    if (body instanceof ArrayBuffer) return [Buffer.from(body), null]
    const type = body.constructor && body.constructor.name === 'URLSearchParams' ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8'
    return [Buffer.from(String(body)), type]
  }
  class Body {
    #bytes
    #used = false
    constructor(data) { this.#bytes = data }
    get bodyUsed() { return this.#used }
    #take() {
      if (this.#used) throw new TypeError('body used already for: ' + this.url)
      this.#used = true
      return this.#bytes || Buffer.alloc(0)
    }
    async text() { return this.#take().toString() }
    async json() { return JSON.parse(this.#take().toString()) }
    async buffer() { return this.#take() }
    async bytes() { return new Uint8Array(this.#take()) }
    async arrayBuffer() {
      const b = this.#take()
      return b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength)
    }
    _copy() { return this.#bytes }
  }
  // Members are getters of the class, so that JSON.stringify of a response is {}, as on the web.
  class Response extends Body {
    #status
    #statusText
    #headers
    #url
    #redirected
    constructor(body, init = {}) {
      super(bytes(body)[0])
      this.#status = init.status === undefined ? 200 : init.status
      if (new.target === Response && !(this.#status >= 200 && this.#status <= 599)) {
        throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.')
      }
      this.#statusText = init.statusText === undefined ? '' : init.statusText
      this.#headers = new Headers(init.headers)
      this.#url = init.url || ''
      this.#redirected = !!init.redirected
    }
    get status() { return this.#status }
    get statusText() { return this.#statusText }
    get headers() { return this.#headers }
    get url() { return this.#url }
    get redirected() { return this.#redirected }
    get type() { return 'default' }
    get ok() { return this.status >= 200 && this.status < 300 }
    get [Symbol.toStringTag]() { return 'Response' }
    clone() {
      return new this.constructor(this._copy(), { status: this.status, statusText: this.statusText, headers: this.headers, url: this.url, redirected: this.redirected })
    }
    static json(data, init = {}) {
      const response = new Response(JSON.stringify(data), init)
      if (!response.headers.has('content-type')) response.headers.set('content-type', 'application/json')
      return response
    }
    static error() { return new NodeResponse(null, { status: 0 }) }
    static redirect(url, status = 302) { return new Response(null, { status, headers: { location: String(url) } }) }
  }
  // NodeResponse is Response as node-fetch has it: any status, and the words that belong to it.
  class NodeResponse extends Response {
    constructor(body, init = {}) {
      super(body, { ...init, statusText: init.statusText || native.reason(init.status === undefined ? 200 : init.status) })
    }
    static [Symbol.hasInstance](v) { return v instanceof Response }
  }
  Object.defineProperty(NodeResponse, 'name', { value: 'Response' })
  // absolute is a URL as requests are made for it; what is none is left to who makes them.
  function absolute(url) {
    return URL.canParse(url) ? new URL(url).href : url
  }
  class Request extends Body {
    #url
    #method
    #headers
    #redirect
    #signal
    constructor(input, init = {}) {
      const from = input instanceof Request ? input : undefined
      const [data, type] = bytes(init.body === undefined && from ? from._copy() : init.body)
      super(data)
      this.#url = from ? from.url : absolute(String(input))
      this.#method = (init.method || (from && from.method) || 'GET').toUpperCase()
      this.#headers = new Headers(init.headers || (from && from.headers))
      this.#redirect = init.redirect || (from && from.redirect) || 'follow'
      this.#signal = init.signal || (from && from.signal) || null
      if (type && !this.headers.has('content-type')) this.headers.set('content-type', type)
      if ((this.method === 'GET' || this.method === 'HEAD') && data !== undefined) {
        throw new TypeError('Request with GET/HEAD method cannot have body')
      }
    }
    get url() { return this.#url }
    get method() { return this.#method }
    get headers() { return this.#headers }
    get redirect() { return this.#redirect }
    get signal() { return this.#signal }
    get [Symbol.toStringTag]() { return 'Request' }
    clone() { return new Request(this) }
  }
  class FetchError extends Error {
    constructor(message, type) {
      super(message)
      this.name = 'FetchError'
      this.type = type || 'system'
    }
  }
  async function fetch(input, init) {
    const request = new Request(input, init)
    if (request.signal && request.signal.aborted) {
      const error = new Error('The operation was aborted.')
      error.name = 'AbortError'
      throw error
    }
    let answer
    try {
      answer = native.fetch(request.method, request.url, [...request.headers], request._copy(), request.redirect !== 'follow')
    } catch (e) {
      throw new FetchError(e.message)
    }
    if (request.redirect === 'error' && answer.status >= 300 && answer.status < 400) {
      throw new FetchError('redirect mode is set to error: ' + request.url, 'no-redirect')
    }
    return new NodeResponse(answer.body, answer)
  }
  fetch.Headers = Headers
  fetch.Request = Request
  fetch.Response = NodeResponse
  fetch.FetchError = FetchError
  fetch.isRedirect = (status) => [301, 302, 303, 307, 308].includes(status)
  fetch.default = fetch
  return { fetch, Headers, Request, Response }
})
