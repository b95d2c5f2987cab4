exports.first = (event) => event.properties.list[0].name
exports.logged = (event) => {
  try {
    return exports.first(event)
  } catch (e) {
    console.error(`no name: ${e.message}`)
    return e
  }
}
