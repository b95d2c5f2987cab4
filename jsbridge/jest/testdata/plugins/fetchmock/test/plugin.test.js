import fetchMock, { enableFetchMocks } from 'jest-fetch-mock'
enableFetchMocks()
import { setupPlugin } from '../plugin'

beforeEach(() => { fetchMock.resetMocks() })
test('reads', async () => {
  fetch.mockResponseOnce(JSON.stringify({ ok: true }))
  expect(await setupPlugin({ config: { url: 'https://x.y/z' } })).toEqual({ ok: true })
  expect(fetch).toHaveBeenCalledWith('https://x.y/z', { headers: { accept: 'application/json' } })
  expect(fetch.mock.calls.length).toEqual(1)
})
test('status', async () => {
  fetch.mockResponseOnce('', { status: 503 })
  await expect(setupPlugin({ config: { url: 'https://x.y' } })).rejects.toThrow('got 503')
})
test('rejects', async () => {
  fetch.mockReject(new Error('offline'))
  await expect(setupPlugin({ config: { url: 'https://x.y' } })).rejects.toThrow('offline')
})
test('several', async () => {
  fetch.mockResponses(['1'], ['2'])
  expect([await setupPlugin({ config: { url: 'a' } }), await setupPlugin({ config: { url: 'b' } })]).toEqual([1, 2])
})
