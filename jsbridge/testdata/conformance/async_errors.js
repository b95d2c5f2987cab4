// rejected promises: throw after await, reject with a value, catch and rethrow, finally, cleared timers
let n = 0
export async function processEvent(event) {
  n++
  event.step = 'start'
  const never = setTimeout(() => { event.step = 'never' }, 5)
  await Promise.resolve()
  clearTimeout(never)
  try {
    if (n % 4 === 1) await Promise.reject(new RangeError('rejected'))
    if (n % 4 === 2) return Promise.reject('text')
    if (n % 4 === 3) await new Promise((_, reject) => setTimeout(() => reject(new TypeError('later')), 3))
  } catch (error) {
    event.step = 'caught'
    if (error instanceof RangeError) throw error
    event.caught = error.message
  } finally {
    event.finally = n
  }
  let ticks = 0
  await new Promise((done) => { const t = setInterval(() => { if (++ticks === 3) { clearInterval(t); done() } }, 10) })
  return n % 4 === 0 ? Promise.resolve({ ...event, ticks }) : event
}
