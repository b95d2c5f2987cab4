afterAll(() => { throw new Error('at the end') })
test('passes all the same', () => {})
