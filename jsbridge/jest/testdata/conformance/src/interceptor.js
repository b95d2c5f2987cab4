// What packages that mock requests do: they put their own in the place of http's functions and classes.
const http = require('http')
const { inherits } = require('util')

function Answered(options, answer) {
  http.OutgoingMessage.call(this)
  this.options = options
  this.answer = answer
  this.written = []
  for (const name of Object.keys(options.headers)) this.setHeader(name, options.headers[name])
}
inherits(Answered, http.ClientRequest)
Answered.prototype.write = function (chunk) { this.written.push(String(chunk)) }
Answered.prototype.end = function (chunk) {
  if (chunk) this.write(chunk)
  process.nextTick(() => {
    const response = new http.IncomingMessage(this.socket)
    const [status, body] = this.answer({ path: this.options.path, method: this.options.method, type: this.getHeader('Content-Type'), body: this.written.join('') })
    response.statusCode = status
    response.headers = { 'content-type': 'application/json' }
    response.push(Buffer.from(JSON.stringify(body)))
    response.push(null)
    this.emit('response', response)
  })
}
exports.intercept = (module, answer) => jest.spyOn(module, 'request').mockImplementation((options) => new Answered(options, answer))
