import fetch from 'node-fetch'
import { load } from './src/fetcher'
jest.mock('node-fetch')
const { Response } = jest.requireActual('node-fetch')
test('automock of node-fetch', async () => {
  fetch.mockReturnValue(Promise.resolve(new Response('{"ok":1}')))
  expect(await load('http://x')).toEqual({ ok: 1 })
  expect(fetch).toHaveBeenCalledTimes(1)
  expect(fetch).toHaveBeenCalledWith('http://x', { method: 'POST' })
})
test('plain object', async () => {
  fetch.mockImplementationOnce(async () => ({ json: async () => [1] }))
  expect(await load('http://y')).toEqual([1])
})
test('rejection', async () => {
  fetch.mockRejectedValueOnce(new Error('down'))
  await expect(load('http://z')).rejects.toThrow('down')
})
test('response', async () => {
  const r = new Response('text', { status: 404 })
  expect(r.ok).toBe(false)
  expect(r.status).toBe(404)
  expect(await r.text()).toBe('text')
})
