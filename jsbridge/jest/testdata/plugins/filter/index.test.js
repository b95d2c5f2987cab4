const { createEvent, createPageview, createIdentify, clone } = require('@posthog/plugin-scaffold/test/utils')
const { setupPlugin, processEvent } = require('.')

function metaOf(filters) {
  const meta = { global: {}, config: {}, attachments: { filters: { type: 'application/json', name: 'f.json', contents: Buffer.from(JSON.stringify(filters)) } } }
  setupPlugin(meta)
  return meta
}

describe('filter', () => {
  describe.each([
    ['is', 'a', 'a', true],
    ['is', 'a', 'b', false],
    ['is_not', 'a', 'b', true],
    ['contains', 'abc', 'b', true],
    ['contains', 'abc', 'x', false],
    ['gt', 5, '3', true],
    ['gt', 2, '3', false],
    ['regex', 'user-12', '^user-\\d+$', true],
  ])('%s %p %p', (op, got, value, kept) => {
    it(kept ? 'keeps' : 'drops', () => {
      const event = createEvent({ event: 'test', properties: { p: got } })
      const result = processEvent(event, metaOf([{ property: 'p', op, value }]))
      if (kept) expect(result).toEqual(event)
      else expect(result).toBeUndefined()
    })
  })
  it('keeps what has no such property', () => {
    const event = createPageview()
    expect(processEvent(clone(event), metaOf([{ property: 'nothing', op: 'is', value: 1 }]))).toEqual(event)
  })
  it('keeps events without properties', () => {
    expect(processEvent(createIdentify(), metaOf([]))).toHaveProperty('event', '$identify')
  })
  it('refuses unknown operators', () => {
    expect(() => metaOf([{ property: 'a', op: 'nope' }])).toThrow('Invalid operator "nope" for "a"')
    expect(() => metaOf([{ property: 'a', op: 'nope' }])).toThrow(Error)
  })
  it('pageviews have the usual properties', () => {
    const { properties, event, distinct_id } = createPageview()
    expect(event).toBe('$pageview')
    expect(properties).toMatchObject({ $os: 'Mac OS X', $browser: 'Chrome', $browser_version: 86, $current_url: 'http://localhost:8000/instance/status', $screen_width: 1790 })
    expect(Object.keys(properties)).toHaveLength(21)
    expect(properties.distinct_id).not.toBe(distinct_id)
    expect([properties.distinct_id, properties.$device_id, properties.$insert_id].join()).toMatch(/^scbbAqF7.*,17554768afe5cb-.*,hgu2p36uvlc1b9dg$/)
    expect(Object.keys(properties).join()).toMatchSnapshot()
    expect(createIdentify()).toMatchSnapshot()
    expect(createEvent({ properties: {} })).toMatchSnapshot()
  })
})
