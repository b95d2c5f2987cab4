// path, POSIX rules. Source: the documentation of Node's module path.
(function (native) {
  function check(value, name) {
    if (typeof value !== 'string') throw native.argType(name, 'of type string', value)
  }
  // segments resolves . and .. ; above says whether .. may stay at the front.
  function segments(path, above) {
    const out = []
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue
      if (part !== '..') out.push(part)
      else if (out.length > 0 && out[out.length - 1] !== '..') out.pop()
      else if (above) out.push('..')
    }
    return out.join('/')
  }
  // trimmed drops the slashes at the end, but not a path that is nothing else.
  function trimmed(path) {
    let end = path.length
    while (end > 1 && path[end - 1] === '/') end--
    return path.slice(0, end)
  }
  // split takes dir/base.ext apart.
  function split(path) {
    const body = trimmed(path)
    const at = body.lastIndexOf('/')
    const base = body === '/' ? '' : body.slice(at + 1)
    let dot = base.lastIndexOf('.')
    if (dot <= 0 || base === '..') dot = -1
    return { at, base, ext: dot < 0 ? '' : base.slice(dot), name: dot < 0 ? base : base.slice(0, dot), body }
  }
  const posix = {
    sep: '/',
    delimiter: ':',
    resolve(...paths) {
      let resolved = ''
      for (let i = paths.length - 1; i >= -1 && !resolved.startsWith('/'); i--) {
        const path = i >= 0 ? paths[i] : '/'
        if (i >= 0) check(path, `paths[${i}]`)
        if (path !== '') resolved = resolved === '' ? path : path + '/' + resolved
      }
      return '/' + segments(resolved, false)
    },
    normalize(path) {
      check(path, 'path')
      if (path === '') return '.'
      const absolute = path.startsWith('/')
      let out = segments(path, !absolute)
      if (out === '' && !absolute) out = path.endsWith('/') ? './' : '.'
      else if (out !== '' && path.endsWith('/')) out += '/'
      return absolute ? '/' + out : out
    },
    isAbsolute(path) {
      check(path, 'path')
      return path.startsWith('/')
    },
    join(...paths) {
      for (const path of paths) check(path, 'path')
      const joined = paths.filter((path) => path !== '').join('/')
      return joined === '' ? '.' : posix.normalize(joined)
    },
    relative(from, to) {
      check(from, 'from')
      check(to, 'to')
      if (from === to) return ''
      const a = posix.resolve(from).split('/').filter(Boolean)
      const b = posix.resolve(to).split('/').filter(Boolean)
      let same = 0
      while (same < a.length && same < b.length && a[same] === b[same]) same++
      return a.slice(same).map(() => '..').concat(b.slice(same)).join('/')
    },
    toNamespacedPath: (path) => path,
    dirname(path) {
      check(path, 'path')
      if (path === '') return '.'
      const { at, body } = split(path)
      if (at < 0) return '.'
      if (at === 0) return '/'
      return at === 1 && body[0] === '/' ? '//' : body.slice(0, at)
    },
    basename(path, suffix) {
      if (suffix !== undefined) check(suffix, 'suffix')
      check(path, 'path')
      if (suffix !== undefined && path === suffix) return ''
      const base = path === '' ? '' : split(path).base
      return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
    },
    extname(path) {
      check(path, 'path')
      return path === '' ? '' : split(path).ext
    },
    format(object) {
      if (object === null || typeof object !== 'object') throw native.argType('pathObject', 'of type object', object)
      const dir = object.dir || object.root
      const ext = object.ext ? (object.ext[0] === '.' ? '' : '.') + object.ext : ''
      const base = object.base || `${object.name || ''}${ext}`
      if (!dir) return base
      return dir === object.root ? dir + base : dir + '/' + base
    },
    parse(path) {
      check(path, 'path')
      const root = path.startsWith('/') ? '/' : ''
      if (path === '') return { root, dir: '', base: '', ext: '', name: '' }
      const { at, base, ext, name, body } = split(path)
      const dir = at > 0 ? body.slice(0, at) : root
      return { root, dir, base, ext, name }
    },
  }
  posix.posix = posix
  posix.win32 = undefined
  return posix
})
