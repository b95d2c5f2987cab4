// Stand-ins for the modules of Node that plugreel has not. A package may load them, take them apart and
// extend their classes; what would open a connection or start a process fails and says so.
(function (core) {
  const { native } = core
  const emitter = () => class extends native.builtin('events') {}
  const socket = () => class extends native.builtin('stream').Duplex {}
  const nothing = () => {}

  const sockets = (name) => ({ [name]: socket(), Server: emitter() })

  // AsyncLocalStorage keeps its store while the function runs, and not beyond its awaits.
  class AsyncLocalStorage {
    run(store, f, ...args) {
      const before = this.store
      this.store = store
      try {
        return f(...args)
      } finally {
        this.store = before
      }
    }
    exit(f, ...args) { return this.run(undefined, f, ...args) }
    enterWith(store) { this.store = store }
    getStore() { return this.store }
    disable() { this.store = undefined }
  }
  class AsyncResource {
    runInAsyncScope(f, self, ...args) { return f.apply(self, args) }
    bind(f) { return f }
    emitDestroy() { return this }
  }
  const channel = () => ({ hasSubscribers: false, publish: nothing, subscribe: nothing, unsubscribe: nothing })

  // What works of each, and the names of some functions that do not, so that they can be mocked.
  const standIns = {
    async_hooks: [() => ({ AsyncLocalStorage, AsyncResource, createHook: () => ({ enable: nothing, disable: nothing }), executionAsyncId: () => 0, triggerAsyncId: () => 0 })],
    child_process: [() => ({ ChildProcess: emitter() }), 'exec execFile execFileSync execSync fork spawn spawnSync'],
    cluster: [() => ({ isMaster: true, isPrimary: true, isWorker: false, workers: {} }), 'fork'],
    console: [() => Object.assign(Object.create(globalThis.console), { Console: globalThis.console.constructor })],
    diagnostics_channel: [() => ({ channel, tracingChannel: () => ({ hasSubscribers: false, subscribe: nothing, unsubscribe: nothing, traceSync: (f, _, self, ...args) => f.apply(self, args), tracePromise: (f, _, self, ...args) => f.apply(self, args) }), hasSubscribers: () => false, subscribe: nothing, unsubscribe: nothing })],
    dns: [() => ({}), 'lookup resolve resolve4 resolve6'],
    http: [() => core.httpModule('http:'), 'createServer Server ServerResponse'],
    http2: [() => ({ constants: {} }), 'connect createServer createSecureServer'],
    https: [() => core.httpModule('https:'), 'createServer Server'],
    net: [() => ({ ...native.builtin('net'), ...sockets('Socket') }), 'connect createConnection createServer'],
    readline: [() => ({ Interface: emitter() }), 'createInterface'],
    tls: [() => ({ ...sockets('TLSSocket'), rootCertificates: [] }), 'connect createServer createSecureContext checkServerIdentity'],
    tty: [() => ({ isatty: () => false, ReadStream: socket(), WriteStream: socket() })],
    worker_threads: [() => ({ isMainThread: true, parentPort: null, workerData: null, threadId: 0 }), 'Worker'],
  }

  // absent makes the stand-in for a module.
  function absent(name) {
    const refusal = (member) => function () {
      throw new Error(`${name}.${member} is not available: tests run without Node, and open no connection; mock it with jest.mock`)
    }
    const [made, refused] = standIns[name] || [() => ({})]
    const members = made()
    for (const member of (refused || '').split(' ').filter(Boolean)) members[member] = refusal(member)
    return new Proxy(members, {
      get(o, member) {
        if (member in o || typeof member === 'symbol' || ['then', '__esModule', 'toJSON', 'default'].includes(member)) return o[member]
        return (o[member] = refusal(member))
      },
    })
  }
  core.absent = absent
  core.ownModules.net = () => absent('net')
})
