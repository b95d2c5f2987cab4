// a table of regular expressions, destructuring of matches, labelled loop
const browsers = [
  ['Edge', /Edg\/([\d.]+)/],
  ['Opera', /OPR\/([\d.]+)/],
  ['Chrome', /Chrome\/([\d.]+)/],
  ['Firefox', /Firefox\/(\d+(?:\.\d+)*)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
]
const systems = { iOS: /(?:iPhone|iPad).*? OS ([\d_]+)/, Android: /Android ([\d.]+)/, Windows: /Windows NT ([\d.]+)/, Mac: /Mac OS X ([\d_.]+)/, Linux: /Linux/ }
const bots = /bot|crawl|spider|slurp/i

module.exports.processEvent = function (event, meta) {
  var ua = event.properties && event.properties.$user_agent
  if (!ua) return event
  event.properties.is_bot = bots.test(ua)
  search: for (var i = 0; i < browsers.length; i++) {
    var match = browsers[i][1].exec(ua)
    if (!match) continue search
    event.properties.ua_browser = browsers[i][0]
    event.properties.ua_version = match[1].split('.').map(Number)
    event.properties.ua_index = match.index
    break search
  }
  for (var name in systems) {
    var [all, version] = ua.match(systems[name]) || []
    if (all) {
      event.properties.ua_os = name + (version ? ' ' + version.replace(/_/g, '.') : '')
      break
    }
  }
  return event
}
