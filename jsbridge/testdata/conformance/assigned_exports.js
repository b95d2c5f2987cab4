// exports is assigned as a whole; hooks are methods that use each other through closures
const state = { seen: 0 }
const api = {
  setupPlugin() { state.seen = 100 },
  async processEvent(event) { return api.tag(event) },
  tag(event) { return Object.assign(event, { seen: ++state.seen }) },
}
exports = api
