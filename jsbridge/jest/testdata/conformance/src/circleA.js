class Circle {
  area() { return this.other.area() }
}
exports.Circle = Circle
exports.half = require('./circleB').half
