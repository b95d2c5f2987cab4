module.exports = { real: true, f: () => 'real' }
