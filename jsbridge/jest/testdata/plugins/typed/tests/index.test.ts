import fetch from 'node-fetch'
import { setupPlugin, onEvent, Meta } from '../src'
import { Api } from '../src/api'
import * as email from '../src/email'
jest.mock('node-fetch')

const mocked = jest.mocked(fetch)
const { Response } = jest.requireActual<typeof import('node-fetch')>('node-fetch')

function newMeta(): Meta {
  const meta: Meta = { config: { key: 'k' }, global: {} }
  setupPlugin(meta)
  return meta
}

afterEach(() => { jest.restoreAllMocks(); mocked.mockReset() })

describe('onEvent', () => {
  it('sends contacts', async () => {
    const upsert = jest.spyOn(Api.prototype, 'upsert').mockResolvedValue({ email: 'a@b.c', id: '1' })
    await onEvent({ event: 'x', properties: { email: 'a@b.c' } }, newMeta())
    expect(upsert).toHaveBeenCalledWith({ email: 'a@b.c' })
  })
  it.each([undefined, 5, 'no', 'a b@c'])('ignores %p', async (value) => {
    await onEvent({ event: 'x', properties: { email: value } }, newMeta())
    expect(mocked).not.toHaveBeenCalled()
  })
  it('asks isEmail', async () => {
    const spy = jest.spyOn(email, 'isEmail').mockReturnValue(false)
    await onEvent({ event: 'x', properties: { email: 'a@b.c' } }, newMeta())
    expect(spy).toHaveBeenCalledTimes(1)
    expect(mocked).not.toHaveBeenCalled()
  })
})

describe('Api', () => {
  it('has a base', () => expect(new Api('k')).toMatchObject({ base: 'https://api.example' }))
  it('returns what the service says', async () => {
    mocked.mockResolvedValueOnce(new Response('{"email":"e@f.g","id":"7"}') as any)
    await expect(new Api('k').upsert({ email: 'e@f.g' })).resolves.toEqual({ email: 'e@f.g', id: '7' })
    expect(mocked.mock.calls[0][1]).toHaveProperty('headers.authorization', 'Bearer k')
  })
  it('knows conflicts', async () => {
    mocked.mockResolvedValueOnce(new Response('', { status: 409 }) as any)
    expect(await new Api('k').upsert({ email: 'x@y.z' })).toEqual({ email: 'x@y.z', id: 'existing' })
  })
  it('counts tries', async () => {
    mocked.mockImplementation(async () => new Response('', { status: 500 }) as any)
    const api = new Api('k')
    await expect(api.upsert({ email: 'x' })).rejects.toThrow('upsert: 500 after 1')
    await expect(() => api.upsert({ email: 'x' })).rejects.toThrowErrorMatchingInlineSnapshot(`"upsert: 500 after 2"`)
  })
})
