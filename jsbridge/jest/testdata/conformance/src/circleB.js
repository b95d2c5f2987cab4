const all = require('./circleA')
exports.half = () => new all.Circle()
