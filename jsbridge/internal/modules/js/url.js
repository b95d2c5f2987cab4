// url: the functions from before the class URL. Source: the documentation of Node's module url,
// legacy API; where it is silent, what Node 20 does.
(function (native, require) {
  const { URL, URLSearchParams } = native
  const querystring = require('querystring')
  const slashed = new Set(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:'])
  const escapes = {}
  for (const c of '\t\n\r "\'<>\\^`{|}') escapes[c] = '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')

  function isIPv6(hostname) { return hostname.startsWith('[') && hostname.endsWith(']') }

  function Url() {
    this.protocol = null
    this.slashes = null
    this.auth = null
    this.host = null
    this.port = null
    this.hostname = null
    this.hash = null
    this.search = null
    this.query = null
    this.pathname = null
    this.path = null
    this.href = null
  }

  // cleaned trims blanks and turns \ into / up to the query.
  function cleaned(text) {
    text = text.replace(/^[\0-\x20\xa0\ufeff]+/, '').replace(/[\0-\x20\xa0\ufeff]+$/, '')
    const at = text.search(/[?#]/)
    const head = at < 0 ? text : text.slice(0, at)
    return head.replace(/\\/g, '/') + (at < 0 ? '' : text.slice(at))
  }

  // takeHost reads credentials, host and port from the front of rest and returns what is left.
  Url.prototype.takeHost = function (rest, whole) {
    let at = -1
    let end = -1
    for (let i = 0; i < rest.length; i++) {
      const c = rest[i]
      if (c === '@') {
        at = i
        end = -1
      } else if ('\t\n\r "%\';<>\\^`{|}'.includes(c)) {
        if (end < 0) end = i
      } else if (c === '#' || c === '/' || c === '?') {
        if (end < 0) end = i
        break
      }
    }
    if (at >= 0) this.auth = decodeURIComponent(rest.slice(0, at))
    let host = end < 0 ? rest.slice(at + 1) : rest.slice(at + 1, end)
    rest = end < 0 ? '' : rest.slice(end)
    const port = /:[0-9]*$/.exec(host)
    if (port) {
      if (port[0] !== ':') this.port = port[0].slice(1)
      host = host.slice(0, -port[0].length)
    }
    const ipv6 = isIPv6(host)
    if (!ipv6) {
      const bad = host.search(/[/\\#?:]/)
      if (bad >= 0) {
        rest = '/' + host.slice(bad) + rest
        host = host.slice(0, bad)
      }
    }
    let hostname = host.length > 255 ? '' : host.toLowerCase()
    if (!ipv6 && hostname !== '') {
      if (/[^\0-\x7f]/.test(hostname)) hostname = native.domainToASCII(hostname)
      if (hostname === '' || /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(hostname)) throw native.invalidURL(whole)
    }
    this.hostname = ipv6 ? hostname.slice(1, -1) : hostname
    this.host = hostname + (this.port ? ':' + this.port : '')
    if (ipv6 && rest[0] !== '/') rest = '/' + rest
    return rest
  }

  Url.prototype.parse = function (text, parseQuery, slashesDenoteHost) {
    if (typeof text !== 'string') throw native.argType('url', 'of type string', text)
    let rest = cleaned(text)
    if (!slashesDenoteHost && !/[#@]/.test(rest)) {
      const simple = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest)
      if (simple) {
        this.path = this.href = rest
        this.pathname = simple[1]
        if (simple[2]) {
          this.search = simple[2]
          this.query = parseQuery ? querystring.parse(simple[2].slice(1)) : simple[2].slice(1)
        } else if (parseQuery) {
          this.query = Object.create(null)
        }
        return this
      }
    }
    const scheme = /^[a-z0-9.+-]+:/i.exec(rest)
    if (scheme) {
      this.protocol = scheme[0].toLowerCase()
      rest = rest.slice(scheme[0].length)
    }
    const script = this.protocol === 'javascript:'
    if (slashesDenoteHost || scheme || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
      if (rest.startsWith('//') && !script) {
        rest = rest.slice(2)
        this.slashes = true
      }
    }
    if (!script && (this.slashes || (scheme && !slashed.has(this.protocol)))) rest = this.takeHost(rest, text)
    if (!script) rest = rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (c) => escapes[c])
    const hash = rest.indexOf('#')
    if (hash >= 0) {
      this.hash = rest.slice(hash)
      rest = rest.slice(0, hash)
    }
    const question = rest.indexOf('?')
    if (question >= 0) {
      this.search = rest.slice(question)
      this.query = parseQuery ? querystring.parse(this.search.slice(1)) : this.search.slice(1)
      rest = rest.slice(0, question)
    } else if (parseQuery) {
      this.query = Object.create(null)
    }
    if (rest !== '') this.pathname = rest
    if (slashed.has(this.protocol) && this.hostname && !this.pathname) this.pathname = '/'
    if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '')
    this.href = this.format()
    return this
  }

  Url.prototype.format = function () {
    const auth = this.auth ? encodeURIComponent(this.auth).replace(/%3A/gi, ':') + '@' : ''
    let protocol = this.protocol || ''
    let pathname = this.pathname || ''
    let hash = this.hash || ''
    let host = ''
    if (this.host) {
      host = auth + this.host
    } else if (this.hostname) {
      host = auth + (this.hostname.includes(':') && !isIPv6(this.hostname) ? '[' + this.hostname + ']' : this.hostname)
      if (this.port) host += ':' + this.port
    }
    const query = this.query !== null && typeof this.query === 'object' ? querystring.stringify(this.query) : ''
    let search = this.search || (query && '?' + query) || ''
    if (protocol && !protocol.endsWith(':')) protocol += ':'
    pathname = pathname.replace(/[#?]/g, (c) => (c === '#' ? '%23' : '%3F'))
    if (this.slashes || slashed.has(protocol)) {
      if (this.slashes || host) {
        if (pathname && pathname[0] !== '/') pathname = '/' + pathname
        host = '//' + host
      } else if (protocol.startsWith('file')) {
        host = '//'
      }
    }
    search = search.replace(/#/g, '%23')
    if (hash && hash[0] !== '#') hash = '#' + hash
    if (search && search[0] !== '?') search = '?' + search
    return protocol + host + pathname + search + hash
  }

  Url.prototype.resolve = function (relative) { return this.resolveObject(parse(relative, false, true)).format() }

  // adopt takes parts of another URL.
  Url.prototype.adopt = function (other, ...parts) {
    for (const part of parts) this[part] = other[part]
    return this
  }

  Url.prototype.resolveObject = function (to) {
    if (typeof to === 'string') to = parse(to, false, true)
    const out = Object.assign(new Url(), this)
    const all = ['slashes', 'auth', 'host', 'port', 'hostname', 'search', 'query', 'pathname', 'path']
    out.hash = to.hash
    if (to.href === '') {
      out.href = out.format()
      return out
    }
    const other = to.protocol && to.protocol !== out.protocol
    if ((to.slashes && !to.protocol) || (other && (!slashed.has(to.protocol) || to.host))) {
      out.adopt(to, ...all)
      if (other) out.protocol = to.protocol
      out.slashes = out.slashes || to.slashes
      if (slashed.has(out.protocol) && out.hostname && !out.pathname) out.path = out.pathname = '/'
      out.path = (out.pathname || '') + (out.search || '') || null
      out.href = out.format()
      return out
    }
    if (other) out.protocol = to.protocol
    out.slashes = out.slashes || to.slashes
    if (to.host) out.adopt(to, 'auth', 'host', 'port', 'hostname')
    if (to.host || (to.pathname && to.pathname[0] === '/')) {
      out.adopt(to, 'search', 'query')
      out.pathname = resolved(to.pathname || '', true)
    } else if (to.pathname) {
      const base = out.pathname || ''
      out.adopt(to, 'search', 'query')
      out.pathname = resolved(base.slice(0, base.lastIndexOf('/') + 1) + to.pathname, base[0] === '/' || !!out.host)
    } else if (to.search !== null && to.search !== undefined) {
      out.adopt(to, 'search', 'query')
    } else {
      out.pathname = resolved(out.pathname || '', !!out.host)
    }
    out.pathname = out.pathname || null
    out.path = (out.pathname || '') + (out.search || '') || null
    out.href = out.format()
    return out
  }

  // resolved removes . and .. segments.
  function resolved(path, absolute) {
    if (path === '') return absolute ? '/' : ''
    const parts = path.split('/')
    const last = parts[parts.length - 1]
    const rooted = path[0] === '/'
    const out = []
    for (const part of rooted ? parts.slice(1) : parts) {
      if (part === '.') continue
      if (part !== '..') out.push(part)
      else if (out.length > 0 && out[out.length - 1] !== '..') out.pop()
      else if (!rooted && !absolute) out.push('..')
    }
    if ((last === '.' || last === '..') && out[out.length - 1] !== '') out.push('')
    return (rooted || absolute ? '/' : '') + out.join('/')
  }

  function parse(text, parseQuery, slashesDenoteHost) {
    return text instanceof Url ? text : new Url().parse(text, parseQuery, slashesDenoteHost)
  }

  function format(value, options) {
    if (typeof value === 'string') return parse(value).format()
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
      throw native.argType('urlObject', 'one of type object or string', value)
    }
    if (!(value instanceof URL)) return Url.prototype.format.call(value)
    const show = Object.assign({ fragment: true, unicode: false, search: true, auth: true }, options)
    const copy = new URL(value)
    if (!show.fragment) copy.hash = ''
    if (!show.search) copy.search = ''
    if (!show.auth) copy.username = copy.password = ''
    if (!show.unicode) return copy.href
    return copy.href.replace(copy.hostname, native.domainToUnicode(copy.hostname))
  }

  return {
    Url,
    parse,
    resolve: (from, to) => parse(from, false, true).resolve(to),
    resolveObject: (from, to) => (from ? parse(from, false, true).resolveObject(to) : to),
    format,
    URL,
    URLSearchParams,
    domainToASCII: native.domainToASCII,
    domainToUnicode: native.domainToUnicode,
    pathToFileURL(path) {
      const url = new URL('file://')
      url.pathname = require('path').resolve(path).replace(/%/g, '%25').replace(/\\/g, '%5C').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/\t/g, '%09') + (path.endsWith('/') && path !== '/' ? '/' : '')
      return url
    },
    fileURLToPath(value) {
      const url = typeof value === 'string' ? new URL(value) : value
      if (url.protocol !== 'file:') throw native.error('TypeError', 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file')
      if (url.hostname !== '') throw native.error('TypeError', 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux')
      if (/%2f/i.test(url.pathname)) throw native.error('TypeError', 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters')
      return decodeURIComponent(url.pathname)
    },
    urlToHttpOptions(url) {
      const options = {
        protocol: url.protocol, hostname: url.hostname.replace(/^\[|\]$/g, ''), hash: url.hash, search: url.search,
        pathname: url.pathname, path: url.pathname + url.search, href: url.href,
      }
      if (url.port !== '') options.port = Number(url.port)
      if (url.username || url.password) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
      return options
    },
  }
})
