test('any', () => expect({ s: 's', n: 1, f() {}, b: true, o: {}, a: [], d: new Date(0) }).toEqual({
  s: expect.any(String), n: expect.any(Number), f: expect.any(Function), b: expect.any(Boolean), o: expect.any(Object), a: expect.any(Array), d: expect.any(Date),
}))
test('any fails', () => expect({ s: 1 }).toEqual({ s: expect.any(String) }))
test('any needs a class', () => expect(1).toEqual(expect.any()))
test('anything', () => expect([0, '', false]).toEqual([expect.anything(), expect.anything(), expect.anything()]))
test('anything is not null', () => expect(null).toEqual(expect.anything()))
test('objectContaining', () => expect({ a: 1, b: { c: 2 } }).toEqual(expect.objectContaining({ b: { c: 2 } })))
test('objectContaining is exact below', () => expect({ b: { c: 2, d: 3 } }).toEqual(expect.objectContaining({ b: { c: 2 } })))
test('objectContaining nested', () => expect({ b: { c: 2, d: 3 } }).toEqual({ b: expect.objectContaining({ c: 2 }) }))
test('not objectContaining', () => expect({ a: 1 }).toEqual(expect.not.objectContaining({ b: 2 })))
test('arrayContaining', () => expect([1, 2, 3]).toEqual(expect.arrayContaining([3, 1])))
test('arrayContaining fails', () => expect([1, 2]).toEqual(expect.arrayContaining([3])))
test('not arrayContaining', () => expect([1, 2]).toEqual(expect.not.arrayContaining([3])))
test('arrayContaining of matchers', () => expect([{ a: 1, b: 2 }]).toEqual(expect.arrayContaining([expect.objectContaining({ a: 1 })])))
test('stringContaining', () => expect('hello').toEqual(expect.stringContaining('ell')))
test('stringContaining fails', () => expect('hello').toEqual(expect.stringContaining('x')))
test('stringMatching', () => expect(['a1', 'b2']).toEqual([expect.stringMatching(/^a/), expect.stringMatching('2')]))
test('not stringMatching', () => expect('a').toEqual(expect.not.stringMatching(/b/)))
test('stringContaining needs text', () => expect('a').toEqual(expect.stringContaining(1)))
test('closeTo', () => expect({ x: 0.1 + 0.2 }).toEqual({ x: expect.closeTo(0.3, 5) }))
test('closeTo fails', () => expect(1).toEqual(expect.closeTo(2)))
test('on the left', () => expect(expect.any(Number)).toEqual(1))
test('missing member', () => expect({}).toEqual({ a: expect.anything() }))
test('expect.extend', () => {
  expect.extend({
    toBeEven(received) {
      const pass = received % 2 === 0
      return { pass, message: () => `${this.utils.matcherHint('toBeEven')} ${this.utils.printReceived(received)}` }
    },
    toBeBetween(received, low, high) { return { pass: received >= low && received <= high, message: () => `${received} is not between ${low} and ${high}` } },
  })
  expect(2).toBeEven()
  expect(3).not.toBeEven()
  expect({ n: 4 }).toEqual({ n: expect.toBeEven() })
  expect({ n: 4 }).toEqual({ n: expect.toBeBetween(3, 5) })
  expect({ n: 4 }).toEqual({ n: expect.not.toBeBetween(5, 6) })
})
test('custom matcher fails', () => expect(3).toBeEven())
test('custom matcher with arguments fails', () => expect(3).toBeBetween(5, 6))
test('async custom matcher', async () => {
  expect.extend({ async toBeLater(received, expected) { return { pass: (await received) === expected, message: () => 'not later' } } })
  await expect(Promise.resolve(1)).toBeLater(1)
  await expect(Promise.resolve(1)).not.toBeLater(2)
})
test('async custom matcher fails', async () => { await expect(Promise.resolve(1)).toBeLater(2) })
test('custom matcher returns nonsense', () => { expect.extend({ toBeNonsense: () => 1 }); expect(1).toBeNonsense() })
test('assertions', () => { expect.assertions(2); expect(1).toBe(1); expect(2).toBe(2) })
test('assertions fail', () => { expect.assertions(2); expect(1).toBe(1) })
test('hasAssertions', () => { expect.hasAssertions(); expect(1).toBe(1) })
test('hasAssertions fails', () => { expect.hasAssertions() })
test('equality testers', () => {
  expect.addEqualityTesters([function (a, b) { return a && b && a.id !== undefined && b.id !== undefined ? a.id === b.id : undefined }])
  expect({ id: 1, x: 1 }).toEqual({ id: 1, x: 2 })
})
test('getState', () => expect(expect.getState().currentTestName).toBe('getState'))
