exports.__esModule = true
const { greet } = require('./lib')
// Names that begin as a bundler's helpers do stay where they are.
const __Greeting = greet('you')
exports.__Greeting = __Greeting
