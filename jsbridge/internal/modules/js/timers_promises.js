// timers/promises.
(function (native) {
  function aborted(signal) {
    const error = native.error('Error', 'ABORT_ERR', 'The operation was aborted')
    error.name = 'AbortError'
    Object.defineProperty(error, 'cause', { value: signal.reason, configurable: true, writable: true })
    return error
  }
  function wait(set, clear, value, options) {
    const signal = options && options.signal
    if (signal && signal.aborted) return Promise.reject(aborted(signal))
    return new Promise((resolve, reject) => {
      const timer = set(() => resolve(value))
      if (signal) signal.addEventListener('abort', () => { clear(timer); reject(aborted(signal)) }, { once: true })
    })
  }
  const setTimeoutPromise = (delay, value, options) => wait((f) => setTimeout(f, delay), clearTimeout, value, options)
  const setImmediatePromise = (value, options) => wait(setImmediate, clearImmediate, value, options)
  return {
    setTimeout: setTimeoutPromise,
    setImmediate: setImmediatePromise,
    scheduler: { wait: (delay, options) => setTimeoutPromise(delay, undefined, options), yield: () => setImmediatePromise() },
  }
})
