module.exports = { real: false, f: jest.fn(() => 'manual') }
