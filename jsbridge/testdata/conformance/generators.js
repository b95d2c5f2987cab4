// generators: delegation, return, throw, infinite sequences, spread and destructuring of them
function* walk(value, path = '') {
  if (value && typeof value === 'object') {
    for (const [k, v] of Object.entries(value)) yield* walk(v, path ? `${path}.${k}` : k)
    return path
  }
  yield [path, value]
}

function* naturals(n = 0) {
  try {
    while (true) {
      const jump = yield n++
      if (jump) n += jump
    }
  } finally {
    closed++
  }
}
let closed = 0

export function processEvent(event) {
  const leaves = [...walk(event.properties)]
  const [first, second] = naturals(leaves.length)
  const g = naturals()
  const steps = [g.next().value, g.next(5).value, g.next().value, g.return(9), g.next()]
  const t = naturals()
  t.next()
  let caught
  try { t.throw(new RangeError('stop')) } catch (e) { caught = e.name }
  event.walked = { leaves: leaves.length, last: leaves.at(-1), first, second, steps, caught, closed, paths: leaves.map(([p]) => p).filter((p) => p.includes('.')).slice(0, 5) }
  return event
}
