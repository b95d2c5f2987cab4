test('not in the roots', () => { throw new Error('x') })
