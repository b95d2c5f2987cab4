// @posthog/plugin-contrib: createBuffer, which collects objects and gives them to onFlush when
// they reach the limit or the oldest has waited long enough. Timers do not outlive a hook, so the
// time is looked at when the next object comes, too.
(function () {
  function createBuffer({ limit = 10, timeoutSeconds = 60, onFlush }) {
    let objects = []
    let points = 0
    let since = 0
    let timer
    async function flush() {
      clearTimeout(timer)
      if (objects.length === 0) return
      const batch = objects
      const weight = points
      objects = []
      points = 0
      await onFlush(batch, weight)
    }
    return {
      add(object, weight = 1) {
        const now = Date.now()
        if (objects.length > 0 && (points + weight > limit || now - since >= timeoutSeconds * 1000)) flush()
        if (objects.length === 0) {
          since = now
          timer = setTimeout(flush, timeoutSeconds * 1000)
        }
        objects.push(object)
        points += weight
        if (points > limit) flush()
      },
      flush,
    }
  }
  return { createBuffer }
})
