test('never', () => { const = 1 })
