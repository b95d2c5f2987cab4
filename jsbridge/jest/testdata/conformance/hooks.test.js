const log = []
beforeAll(() => { log.push('root beforeAll') })
beforeEach(() => { log.push('root beforeEach 1') })
beforeEach(async () => { log.push('root beforeEach 2') })
afterEach(() => { log.push('root afterEach 1') })
afterEach((done) => { log.push('root afterEach 2'); done() })
afterAll(() => { log.push('root afterAll') })
describe('outer', () => {
  beforeAll(() => { log.push('outer beforeAll') })
  beforeEach(() => { log.push('outer beforeEach') })
  afterEach(() => { log.push('outer afterEach') })
  afterAll(() => { log.push('outer afterAll') })
  test('first', () => { log.push('first') })
  describe('inner', () => {
    beforeAll(() => { log.push('inner beforeAll') })
    afterAll(() => { log.push('inner afterAll') })
    test('second', () => { log.push('second') })
  })
  describe('all skipped', () => {
    beforeAll(() => { log.push('never') })
    test.skip('skipped', () => {})
  })
})
test('order', () => {
  expect(log).toEqual([
    'root beforeAll', 'outer beforeAll',
    'root beforeEach 1', 'root beforeEach 2', 'outer beforeEach', 'first', 'outer afterEach', 'root afterEach 1', 'root afterEach 2',
    'inner beforeAll',
    'root beforeEach 1', 'root beforeEach 2', 'outer beforeEach', 'second', 'outer afterEach', 'root afterEach 1', 'root afterEach 2',
    'inner afterAll', 'outer afterAll', 'root beforeEach 1', 'root beforeEach 2',
  ])
})
describe('beforeEach throws', () => {
  const ran = []
  beforeEach(() => { throw new Error('before') })
  afterEach(() => { ran.push('after') })
  test('is not run', () => { ran.push('test') })
})
describe('beforeAll throws', () => {
  beforeAll(() => { throw new Error('all') })
  test('one', () => {})
  describe('nested', () => { test('two', () => {}) })
})
describe('afterEach throws', () => {
  afterEach(() => { throw new Error('after') })
  test('fails', () => {})
})
describe('hook times out', () => {
  beforeEach((done) => {}, 20)
  test('fails', () => {})
})
describe('context', () => {
  beforeAll(function () { this.shared = 1 })
  test('is inherited', function () { expect(this.shared).toBe(1) })
})
