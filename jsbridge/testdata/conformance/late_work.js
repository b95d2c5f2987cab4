// work that goes on when the hook has returned: microtasks still count, timers do not
const log = []
export function processEvent(event) {
  event.before = log.splice(0)
  ;(async () => { await null; event.late = 'microtask'; await null; await null; event.later = 'microtasks' })()
  setTimeout(() => { event.never = true; log.push('timer') }, 1)
  Promise.resolve().then(() => { throw new Error('nobody listens') }).catch((e) => log.push(e.message))
  queueMicrotask(() => { event.queued = true })
  return event
}
