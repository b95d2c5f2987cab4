// fs, which reads inside the plugin's directory and writes nowhere.
(function (core) {
  const { native } = core

  class Stats {
    constructor(entry) {
      const at = new core.Date(entry.mtime)
      Object.assign(this, { size: entry.size, mode: entry.dir ? 0o40555 : 0o100444, mtimeMs: entry.mtime, atime: at, mtime: at, ctime: at, birthtime: at })
      Object.defineProperty(this, 'kind', { value: entry.dir })
    }
    isFile() { return !this.kind }
    isDirectory() { return this.kind }
  }
  class Dirent {
    constructor(name, dir, path) {
      Object.assign(this, { name, path, parentPath: path })
      Object.defineProperty(this, 'kind', { value: dir })
    }
    isFile() { return !this.kind }
    isDirectory() { return this.kind }
  }
  for (const name of ['isSymbolicLink', 'isFIFO', 'isSocket', 'isBlockDevice', 'isCharacterDevice']) {
    for (const Class of [Stats, Dirent]) Class.prototype[name] = () => false
  }

  const words = { ENOENT: [-2, 'no such file or directory'], EBADF: [-9, 'bad file descriptor'], EISDIR: [-21, 'illegal operation on a directory'], ENOTDIR: [-20, 'not a directory'], EROFS: [-30, 'read-only file system'] }
  function failure(code, syscall, path) {
    const [errno, text] = words[code]
    const place = path === undefined ? '' : ` '${path}'`
    return Object.assign(new Error(`${code}: ${text}, ${syscall}${place}`), { errno, code, syscall }, path === undefined ? {} : { path })
  }
  function pathOf(p) {
    if (typeof p === 'object' && p !== null && p.protocol === 'file:') return decodeURIComponent(p.pathname)
    return String(p)
  }
  const encodingOf = (o) => (typeof o === 'string' ? o : o && o.encoding)
  const encoded = (data, options) => (encodingOf(options) ? data.toString(encodingOf(options)) : data)

  function entry(syscall, path) {
    const found = native.stat(pathOf(path))
    if (found === null) throw failure('ENOENT', syscall, pathOf(path))
    return found
  }
  function contents(path) {
    if (entry('open', path).dir) throw failure('EISDIR', 'read')
    return native.read(pathOf(path))
  }

  // descriptors are the files that are open.
  const descriptors = new Map()
  let next = 3
  function descriptor(syscall, fd) {
    if (!descriptors.has(fd)) throw failure('EBADF', syscall)
    return descriptors.get(fd)
  }
  function open(path, flags = 'r') {
    if (!['r', 'rs', 'sr', 0].includes(flags)) throw failure('EROFS', 'open', pathOf(path))
    descriptors.set(next, { path, data: contents(path), at: 0 })
    return next++
  }
  function close(fd) {
    descriptor('close', fd)
    descriptors.delete(fd)
  }
  function read(fd, buffer, offset = 0, length = buffer.byteLength - offset, position = null) {
    const file = descriptor('read', fd)
    if (core.isObject(offset)) return read(fd, buffer, offset.offset, offset.length, offset.position)
    const at = position === null || position === undefined || position < 0 ? file.at : Number(position)
    const part = file.data.subarray(at, at + length)
    buffer.set(part, offset)
    if (at === file.at && position !== Number(position)) file.at += part.length
    return part.length
  }
  const readFile = (path, options) => encoded(typeof path === 'number' ? descriptor('read', path).data : contents(path), options)

  function stat(path, options) {
    if (options && options.throwIfNoEntry === false && native.stat(pathOf(path)) === null) return undefined
    return new Stats(entry('stat', path))
  }
  function readdir(path, options) {
    if (!entry('scandir', path).dir) throw failure('ENOTDIR', 'scandir', pathOf(path))
    const list = native.list(pathOf(path))
    return options && options.withFileTypes ? list.map((e) => new Dirent(e.name, e.dir, pathOf(path))) : list.map((e) => e.name)
  }
  function createReadStream(path, options = {}) {
    const { start = 0, end = Infinity, highWaterMark = 65536 } = core.isObject(options) ? options : {}
    let at = start
    // opened is the contents: the file is opened also if nobody reads.
    const opened = core.Promise.resolve().then(() => contents(path))
    const stream = new (native.builtin('stream').Readable)({
      highWaterMark,
      encoding: encodingOf(options) || undefined,
      read() {
        opened.then((data) => {
          const part = data.subarray(at, Math.min(at + highWaterMark, end + 1))
          at += part.length
          stream.push(part.length > 0 ? part : null)
        }, () => {})
      },
    })
    opened.then(() => { stream.emit('open'); stream.emit('ready') }, (e) => stream.destroy(e))
    return Object.assign(stream, { path: pathOf(path) })
  }

  const sync = {
    readFile, stat, lstat: stat, readdir, open, close, read,
    fstat: (fd) => new Stats(entry('fstat', descriptor('fstat', fd).path)),
    access: (path) => { entry('access', path) },
    realpath: (path) => { entry('lstat', path); return native.builtin('path').resolve(pathOf(path)) },
  }
  const writers = ['appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'lchown', 'link', 'lutimes', 'mkdir', 'mkdtemp', 'rename', 'rm', 'rmdir', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile']
  for (const call of writers) sync[call] = (path) => { throw failure('EROFS', call, pathOf(path)) }
  for (const call of ['fchmod', 'fchown', 'fdatasync', 'fsync', 'ftruncate', 'futimes', 'write', 'writev']) sync[call] = () => { throw failure('EROFS', call) }

  function module() {
    const fs = {
      Stats, Dirent, createReadStream,
      createWriteStream: (path) => { throw failure('EROFS', 'open', pathOf(path)) },
      existsSync: (path) => native.stat(pathOf(path)) !== null,
      exists: (path, done) => { core.Promise.resolve(fs.existsSync(path)).then(done) },
      watch: () => new (native.builtin('events'))(), watchFile() {}, unwatchFile() {},
      constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, O_RDONLY: 0 },
      promises: {},
    }
    for (const name of Object.keys(sync)) {
      fs[name + 'Sync'] = (...args) => sync[name](...args)
      if (!/^(read|write|writev|close|f[a-z]+)$/.test(name)) fs.promises[name] = async (...args) => sync[name](...args)
      fs[name] = (...args) => {
        const done = args.pop()
        if (typeof done !== 'function') throw Object.assign(new TypeError('The "cb" argument must be of type function. Received undefined'), { code: 'ERR_INVALID_ARG_TYPE' })
        core.Promise.resolve().then(() => sync[name](...args)).then((v) => (name === 'read' ? done(null, v, args[1]) : done(null, v)), (e) => done(e))
      }
    }
    fs.promises.open = async (path, flags) => handle(open(path, flags))
    fs.promises.constants = fs.constants
    fs.promises.default = fs.promises
    return fs
  }
  // handle is a FileHandle.
  function handle(fd) {
    return {
      fd,
      close: async () => close(fd),
      stat: async () => sync.fstat(fd),
      readFile: async (options) => readFile(fd, options),
      read: async (buffer, ...rest) => ({ bytesRead: read(fd, buffer, ...rest), buffer }),
    }
  }

  let made
  core.fsModule = () => (made = made || module())
})
