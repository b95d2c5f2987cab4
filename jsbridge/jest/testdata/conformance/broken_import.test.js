import x from './src/nowhere'
test('never', () => {})
