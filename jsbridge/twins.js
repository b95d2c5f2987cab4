// What a hook does that has to wait: see twins.go.
({
  next: Object.getPrototypeOf(function* () {}).prototype.next,

  // goOn runs a hook that has yielded value to its end, and makes the promise of what it returns.
  async goOn(hook, value) {
    for (;;) {
      let step
      try {
        value = await value
      } catch (reason) {
        step = hook.throw(reason)
      }
      step ??= hook.next(value)
      if (step.done) return step.value
      value = step.value
    }
  },
})
