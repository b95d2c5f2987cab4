// error classes as people write them: captureStackTrace, setPrototypeOf, codes, toString, thrown events
// needs: Error.captureStackTrace
class HttpError extends Error {
  readonly code: number
  constructor(message: string, code = 500) {
    super(message)
    Object.setPrototypeOf(this, new.target.prototype)
    Error.captureStackTrace(this, this.constructor)
    this.name = new.target.name
    this.code = code
  }
  get retryable(): boolean { return this.code >= 500 }
  override toString() { return `${this.name}(${this.code})` }
}
class Legacy { name = 'Legacy'; message = 'no Error at all' }
function OldError(this: any, message: string) { this.message = message; (Error as any).captureStackTrace?.(this, OldError) }
OldError.prototype = Object.create(Error.prototype, { constructor: { value: OldError }, name: { value: 'OldError' } })

let n = 0
export function processEvent(event: any) {
  const e = new HttpError('failed', 503)
  const old = new (OldError as any)('old')
  event.err = [e instanceof HttpError, e instanceof Error, e.retryable, String(e), e.name, old instanceof Error, String(old), typeof e.stack, JSON.stringify(e), Object.prototype.toString.call(old)]
  switch (n++ % 6) {
    case 0: throw e
    case 1: throw new Legacy()
    case 2: throw { event: event.event, error: 'plain' }
    case 3: throw Object.assign(new Error('with cause', { cause: e }), { extra: 1 })
    case 4: return Promise.reject(e)
  }
  return event
}
