// process, of a machine that tells a plugin nothing about itself.
(function (native) {
  const ignore = () => process
  const process = {
    title: 'node', version: 'v20.20.2', platform: 'linux', arch: 'x64', pid: 1, ppid: 0, exitCode: undefined, execArgv: [], argv: ['node'],
    versions: { node: '20.20.2', v8: '11.3.244.8-node.38', modules: '115' },
    release: { name: 'node', lts: 'Iron' },
    env: {},
    browser: false,
    features: {},
    hrtime: native.hrtime,
    uptime: native.uptime,
    cwd: () => '/',
    umask: () => 18,
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    nextTick(callback, ...args) {
      if (typeof callback !== 'function') throw native.argType('callback', 'of type function', callback)
      queueMicrotask(() => callback(...args))
    },
    emitWarning: () => {},
    on: ignore, once: ignore, off: ignore, addListener: ignore, removeListener: ignore, removeAllListeners: ignore,
    emit: () => false, listeners: () => [], listenerCount: () => 0,
  }
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true })
  return process
})
