import * as plugin from '../plugin'

describe('webhook', () => {
  let meta
  const event = { uuid: 'u1', event: 'signed up', properties: {} }
  beforeEach(() => {
    meta = { config: { url: 'https://hook.example/x', secret: 's' }, global: {}, storage: { get: jest.fn(), set: jest.fn() } }
    global.fetch = jest.fn(() => Promise.resolve({ ok: true, status: 200 }))
    global.posthog = { capture: jest.fn() }
    plugin.setupPlugin(meta)
  })
  it('posts', async () => {
    await plugin.onEvent(event, meta)
    expect(fetch).toHaveBeenCalledTimes(1)
    const [url, options] = fetch.mock.calls[0]
    expect(url).toEqual('https://hook.example/x')
    expect(options).toEqual(expect.objectContaining({ method: 'POST', body: '{"id":"u1","name":"signed up"}' }))
    expect(options.headers).toMatchObject({ 'x-secret': 's', 'x-signature': expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(options).toMatchSnapshot()
  })
  it('stores and captures', async () => {
    await plugin.onEvent(event, meta)
    expect(meta.storage.set).toHaveBeenCalledWith('last', 'u1')
    expect(posthog.capture).toHaveBeenCalledWith('webhook sent', { event: 'signed up' })
  })
  it('throws on an error', async () => {
    const spy = jest.spyOn(console, 'error').mockImplementation(() => {})
    fetch.mockResolvedValueOnce({ ok: false, status: 500 })
    await expect(plugin.onEvent(event, meta)).rejects.toThrow(plugin.RetryableError)
    expect(spy).toHaveBeenCalledWith('webhook failed', 500)
    expect(meta.storage.set).not.toHaveBeenCalled()
  })
  it('mocks were restored', () => expect(jest.isMockFunction(console.error)).toBe(false))
  it.each`
    url                  | message
    ${'http://x.y'}      | ${'The URL must be https'}
    ${'nonsense'}        | ${'Invalid URL'}
  `('refuses $url', ({ url, message }) => {
    expect(() => plugin.setupPlugin({ config: { url }, global: {} })).toThrow(message)
  })
  it('globals of the configuration', () => expect(__CONFIGURED__).toEqual({ yes: true }))
  it('set up files ran', () => { expect(global.early).toBe(1); expect(1).toBeOne() })
  it('fails to match', async () => {
    await plugin.onEvent(event, meta)
    expect(meta.storage.set).toHaveBeenCalledWith('last', 'u2')
  })
})
