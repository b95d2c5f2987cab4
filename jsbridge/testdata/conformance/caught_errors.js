// try, catch, finally: instanceof, rethrow, optional binding, stack is text, cause, finally order
const trace = []
function risky(k) {
  try {
    trace.push(`try ${k}`)
    if (k === 0) return 'returned'
    if (k === 1) throw new TypeError('one', { cause: { k } })
    if (k === 2) null.x
    if (k === 3) throw 'text'
  } catch (e) {
    trace.push(`catch ${e?.name ?? typeof e}`)
    if (e instanceof TypeError && e.cause) throw Object.assign(new Error('wrapped'), { cause: e })
    if (typeof e === 'string') return e
    throw e
  } finally {
    trace.push('finally')
  }
  return 'end'
}

export function processEvent(event) {
  trace.length = 0
  const k = String(event.distinct_id).length % 5
  try {
    event.result = risky(k)
  } catch (error) {
    event.error = [error.name, String(error).split(':')[0], error instanceof Error, error.constructor.name, error.cause?.cause?.k, typeof error.stack, Object.keys(error), JSON.stringify(error), Object.prototype.toString.call(error)]
  }
  try { throw 1 } catch { event.bare = true }
  event.trace = [...trace]
  event.messages = [new Error().message, new Error(undefined).message, new Error(5).message, 'message' in Object.create(Error.prototype), new Error('a', { cause: 0 }).cause, Error('x') instanceof Error, new Error('m').toString(), new RangeError().toString(), Object.hasOwn(new Error(), 'message'), Object.hasOwn(new Error('x'), 'cause')]
  return event
}
