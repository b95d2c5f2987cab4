import fetchMock from 'jest-fetch-mock'

fetchMock.enableMocks()
beforeEach(() => { fetchMock.resetMocks() })

const seen = async (...args) => {
  const r = await fetch(...args)
  return [r.status, await r.text()]
}
test('one after another', async () => {
  fetchMock.mockResponses(['a', { status: 400 }], ['b', { status: 500 }], async () => 'c', 'd')
  expect(await seen('https://a.example')).toEqual([400, 'a'])
  expect(await seen('https://a.example')).toEqual([500, 'b'])
  expect(await seen('https://a.example')).toEqual([200, 'c'])
  expect(await seen('https://a.example')).toEqual([200, 'd'])
  expect(await seen('https://a.example')).toEqual([200, ''])
})
test('functions answer', async () => {
  fetchMock.mockResponse(async (request) => ({ body: request.method + ' ' + request.url, status: 202, headers: { 'x-a': '1' } }))
  expect(await seen('https://a.example/x', { method: 'post' })).toEqual([202, 'POST https://a.example/x'])
  expect((await fetch('https://a.example/')).headers.get('x-a')).toBe('1')
  fetchMock.mockResponse(async () => 'text', { status: 404 })
  expect(await seen('https://a.example/x')).toEqual([404, 'text'])
})
test('some requests', async () => {
  const mocked = (url) => [fetchMock.isMocking(url)].flat()[0]
  fetchMock.mockIf(/a\.example/, 'a').mockOnceIf('https://b.example/', 'b')
  expect([mocked('https://b.example/'), mocked('https://b.example/'), mocked('https://a.example/')]).toEqual([true, false, true])
  expect(await seen('https://a.example/')).toEqual([200, 'b'])
  expect(await seen('https://a.example/')).toEqual([200, 'a'])
  fetchMock.dontMockIf((request) => request.url.endsWith('/live'))
  expect([mocked('https://c.example/live'), mocked('https://c.example/')]).toEqual([false, true])
  fetchMock.dontMockOnce()
  expect([mocked('https://c.example/'), mocked('https://c.example/')]).toEqual([false, true])
})
test('failures', async () => {
  fetchMock.mockRejectOnce(new Error('down')).mockAbortOnce().mockRejectOnce(async () => { throw new TypeError('made') })
  await expect(fetch('https://a.example')).rejects.toThrow('down')
  await expect(fetch('https://a.example')).rejects.toMatchObject({ name: 'AbortError' })
  await expect(fetch('https://a.example')).rejects.toThrow(TypeError)
  expect(fetchMock).toHaveBeenCalledTimes(3)
})
test('globals', () => {
  expect([fetch, global.fetchMock]).toEqual([fetchMock, fetchMock])
  fetchMock.disableMocks()
  expect(jest.isMockFunction(fetch)).toBe(false)
  fetchMock.enableMocks()
})
