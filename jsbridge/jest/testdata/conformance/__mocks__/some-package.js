module.exports = function () { return 'root mock' }
