// @posthog/plugin-contrib: createBuffer, which collects objects and gives them to onFlush when
// they reach the limit or the oldest has waited long enough.
(function () {
  function createBuffer({ limit = 10, timeoutSeconds = 60, onFlush }) {
    let objects = []
    let points = 0
    let timer = null
    async function flush() {
      if (timer !== null) {
        clearTimeout(timer)
        timer = null
      }
      if (objects.length === 0) return
      const batch = objects
      const weight = points
      objects = []
      points = 0
      await onFlush(batch, weight)
    }
    return {
      add(object, weight = 1) {
        if (objects.length > 0 && points + weight > limit) flush()
        objects.push(object)
        points += weight
        if (points > limit) {
          flush()
        } else if (timer === null) {
          timer = setTimeout(() => { timer = null; flush() }, timeoutSeconds * 1000)
        }
      },
      flush,
    }
  }
  return { createBuffer }
})
