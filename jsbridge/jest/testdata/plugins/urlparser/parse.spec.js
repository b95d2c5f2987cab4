const { processEvent } = require('./index')
const { createEvent } = require('@posthog/plugin-scaffold/test/utils.js')

const run = ($current_url, config = {}) => processEvent(createEvent({ properties: { $current_url } }), { config }).properties

describe('url parameters', () => {
  const warn = console.warn
  beforeAll(() => { console.warn = jest.fn() })
  afterAll(() => { console.warn = warn })

  it('become properties', () => expect(run('https://a.b/?x=1&y=two%20words')).toStrictEqual({ $current_url: 'https://a.b/?x=1&y=two%20words', x: '1', y: 'two words', host: 'a.b' }))
  it('get a prefix', () => expect(run('https://a.b/?x=1', { prefix: 'p_' })).toHaveProperty('p_x', '1'))
  it('may be ignored', () => expect(run('https://a.b/?x=1&y=2', { ignore: 'x, z' })).not.toHaveProperty('x'))
  it('last one wins', () => expect(run('https://a.b/?x=1&x=2').x).toBe('2'))
  it('bad URLs are told', () => {
    expect(run('::')).toEqual({ $current_url: '::' })
    expect(console.warn).toHaveBeenCalledWith('cannot parse ::')
    expect(console.warn.mock.calls).toHaveLength(1)
  })
  it('events without URL', () => { expect(processEvent(createEvent(), { config: {} })).toEqual(createEvent()) })
  it('expects too much', () => { expect(run('https://a.b:8080/')).toEqual({ $current_url: 'https://a.b:8080/', host: 'a.b' }) })
})
