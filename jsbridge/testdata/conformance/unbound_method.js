// a hook that is a prototype method: this is undefined or the global object, never the class
class Plugin {
  processEvent(event) {
    return { ...event, bound: this instanceof Plugin }
  }
}
module.exports = new Plugin()
