describe('async block', async () => { test('x', () => {}) })
