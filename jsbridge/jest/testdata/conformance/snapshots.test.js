class Point { constructor(x, y) { this.x = x; this.y = y } }
test('values', () => {
  for (const v of [1, -0, 'text', 'two\nlines', 'back`tick ${x} \\ "', null, undefined, true, 10n, Symbol('s'), /a\.b/g, new Date(0), new Error('e'), [], {}, [1, [2, []]], { b: 1, a: { c: [{}] } }, new Map([['k', { v: 1 }]]), new Set([1]), new Point(1, 2), () => 1, function named() {}, new Uint8Array([1, 2]), Object.create(null), [undefined, , null], NaN, Infinity, new Map(), new Set(), { 'a-b': 1, 2: 2, [Symbol('k')]: 3 }]) {
    expect(v).toMatchSnapshot()
  }
})
test('hint', () => { expect(1).toMatchSnapshot('with a hint'); expect(2).toMatchSnapshot('with a hint') })
test('properties', () => { expect({ id: Math.random(), name: 'x', at: new Date() }).toMatchSnapshot({ id: expect.any(Number), at: expect.any(Date) }) })
test('properties fail', () => { expect({ id: 'text' }).toMatchSnapshot({ id: expect.any(Number) }) })
test('mock function', () => { const f = jest.fn(() => 1).mockName('spy'); f({ a: 1 }); expect(f).toMatchSnapshot(); expect(jest.fn()).toMatchSnapshot() })
test('asymmetric', () => { expect([expect.any(String), expect.anything(), expect.objectContaining({ a: 1 }), expect.arrayContaining([1]), expect.stringContaining('x'), expect.stringMatching(/y/), expect.not.stringContaining('z')]).toMatchSnapshot() })
test('cycle', () => { const a = { n: 1 }; a.self = a; expect(a).toMatchSnapshot() })
test('toJSON', () => { expect({ toJSON: () => ({ from: 'json' }) }).toMatchSnapshot() })
test('inline', () => {
  expect({ a: [1, 'x'] }).toMatchInlineSnapshot(`
    {
      "a": [
        1,
        "x",
      ],
    }
  `)
  expect('one').toMatchInlineSnapshot(`"one"`)
})
test('inline fails', () => { expect({ a: 1 }).toMatchInlineSnapshot(`
    {
      "a": 2,
    }
  `) })
test('inline of one line fails', () => { expect(1).toMatchInlineSnapshot(`2`) })
test('stored differs', () => { expect({ now: 'new' }).toMatchSnapshot() })
test('not', () => { expect(1).not.toMatchSnapshot() })
test('serializer', () => { expect.addSnapshotSerializer({ test: (v) => v instanceof Point, print: (v) => `Point(${v.x}, ${v.y})` }); expect({ p: new Point(3, 4) }).toMatchSnapshot() })
test('resolved', async () => { await expect(Promise.resolve({ a: 1 })).resolves.toMatchSnapshot() })
