const { first, logged } = require('./src/careless')
const none = undefined
const nothing = null
const empty = {}
test('members of what is not there', () => {
  expect(() => first({})).toThrow("Cannot read properties of undefined (reading 'list')")
  expect(() => first({ properties: null })).toThrow(/properties of null \(reading 'list'\)/)
  expect(() => { none.member = 1 }).toThrow("Cannot set properties of undefined (setting 'member')")
  expect(() => { const { member } = nothing }).toThrow(new TypeError("Cannot destructure property 'member' of 'nothing' as it is null."))
})
test('calls of what is no function', () => {
  expect(() => none()).toThrow('none is not a function')
  expect(() => empty.method()).toThrow('empty.method is not a function')
  expect(() => new empty.Class()).toThrow('empty.Class is not a constructor')
})
test('of promises', async () => {
  await expect((async () => first({}))()).rejects.toThrow("Cannot read properties of undefined (reading 'list')")
  await expect(async () => first({ properties: null })).rejects.toEqual(new TypeError("Cannot read properties of null (reading 'list')"))
  await expect((async () => first({}))()).rejects.toMatchObject({ message: "Cannot read properties of undefined (reading 'list')" })
})
test('of what was caught', () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => {})
  expect(logged({}).message).toBe("Cannot read properties of undefined (reading 'list')")
  expect(error).toHaveBeenCalledWith("no name: Cannot read properties of undefined (reading 'list')")
  error.mockRestore()
})
test('of snapshots', () => {
  expect(() => first({})).toThrowErrorMatchingInlineSnapshot(`"Cannot read properties of undefined (reading 'list')"`)
})
test('of authors', () => {
  const mine = new TypeError('mine')
  expect(() => { throw mine }).toThrow('mine')
  mine.message = 'changed'
  expect(() => { throw mine }).toThrow('changed')
})
test('fails', () => {
  expect(() => first({})).toThrow('something else')
})
