test.each([[1, 1, 2], [1, 2, 3]])('add(%i, %i) is %i', (a, b, sum) => { expect(a + b).toBe(sum) })
test.each([1, 2, 3])('single %d', (n) => { expect(n).toBeLessThan(3) })
test.each(['a', 'b'])('text %s', (s) => { expect(s).toMatch(/[ab]/) })
test.each([{ a: 1, b: { c: 'x' } }, { a: 2, b: { c: 'y' } }])('object $a and $b.c of $b', ({ a }) => { expect(a).toBeGreaterThan(0) })
test.each([{ a: 1 }])('object %j', ({ a }) => { expect(a).toBe(1) })
test.each([[{ x: 1 }, 'y', null, undefined, [1, 2]]])('pretty %p %p %p %p %p', () => {})
test.each([['100%', 5]])('percent %s of %d%%', () => {})
test.each([['a'], ['b']])('index %# of %s', () => {})
test.each([[1.5, '2', NaN]])('numbers %d %i %f', () => {})
test.each([['more', 'than', 'asked']])('only %s', (...args) => { expect(args).toHaveLength(3) })
test.each`
  a    | b    | expected
  ${1} | ${1} | ${2}
  ${1} | ${'x'} | ${'1x'}
  ${{ k: 1 }} | ${[1]} | ${'[object Object]1'}
`('$a + $b = $expected (row $#)', ({ a, b, expected }) => { expect(a + b).toBe(expected) })
test.each([[1, 2]])('with done %d', (a, b, done) => { setTimeout(() => { expect(a).toBe(1); done() }, 1) })
test.each([[1], [2]])('fails for %d', async (n) => { expect(n).toBe(1) })
describe.each([['x', 1], ['y', 2]])('block %s', (name, n) => {
  test('inner', () => { expect([name, n]).toHaveLength(2) })
  test.each([[n]])('inner %d', (m) => { expect(m).toBe(n) })
})
describe.each`
  kind
  ${'first'}
  ${'second'}
`('$kind block', ({ kind }) => { it('has a kind', () => { expect(kind).toMatch(/first|second/) }) })
it.each([[undefined, null, true]])('%s %s %s', () => {})
it.each([[{ a: { b: 1 } }]])('%o and %O', () => {})
it.each([['a', 1], ['b', 2]])('$variable stays %s', () => {})
xtest.each([[1]])('skipped %d', () => {})
test.each([])('empty', () => {})
