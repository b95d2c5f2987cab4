// async generators and for await: lowered for the engine; early exit, errors inside
async function* pages(list, size) {
  try {
    for (let i = 0; i < list.length; i += size) {
      await new Promise((r) => setTimeout(r, 1))
      yield list.slice(i, i + size)
    }
  } finally {
    closed++
  }
}
let closed = 0

class Source {
  constructor(keys) { this.keys = keys }
  async *[Symbol.asyncIterator]() { for (const k of this.keys) yield await k }
}

export async function processEvent(event) {
  const keys = Object.keys(event.properties ?? {})
  const sizes = []
  for await (const page of pages(keys, 10)) {
    sizes.push(page.length)
    if (sizes.length === 2) break
  }
  let joined = ''
  for await (const k of new Source(keys.slice(0, 3))) joined += k
  for await (const x of [Promise.resolve('p'), 'q']) joined += x
  const g = pages([1, 2, 3], 1)
  const steps = [(await g.next()).value, await g.return('r'), await g.next()]
  let caught
  try { for await (const x of (async function* () { yield 1; throw new Error('inside') })()) caught = x } catch (e) { caught = e.message }
  event.ag = { sizes, joined, steps, caught, closed }
  return event
}
