expect.extend({ toBeOne: (v) => ({ pass: v === 1, message: () => 'not one' }) })
