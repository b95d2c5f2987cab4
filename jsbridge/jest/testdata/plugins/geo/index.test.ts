import { createPageview, resetMeta } from '@posthog/plugin-scaffold/test/utils'
import { PluginEvent } from '@posthog/plugin-scaffold'
import given from './given'
import * as index from '.'

const { processEvent } = index as any
const locate = jest.fn(async (ip: string) => given.places[ip])
const meta = (config = {}) => resetMeta({ config, geoip: { locate } } as any)

describe('geo', () => {
  beforeEach(() => { jest.clearAllMocks() })
  test('event is enriched', async () => {
    const event: PluginEvent = await processEvent({ ...createPageview(), ip: '1.2.3.4' }, meta())
    expect(event!.properties).toEqual(expect.objectContaining({ $geoip_city_name: 'Oslo', $geoip_country_code: 'NO', $geoip_latitude: 59.9 }))
    expect(event!.$set).toEqual({ $geoip_city_name: 'Oslo', $geoip_country_code: 'NO', $geoip_latitude: 59.9 })
    expect(locate).toHaveBeenCalledWith('1.2.3.4')
  })
  test('no city', async () => {
    const event = await processEvent({ ...createPageview(), properties: { $ip: '5.6.7.8' } }, meta())
    expect(event.properties.$geoip_city_name).toBeNull()
    expect(event.$set).toMatchInlineSnapshot(`
      {
        "$geoip_city_name": null,
        "$geoip_country_code": "SE",
      }
    `)
  })
  test('unknown address', async () => { expect((await processEvent({ ...createPageview(), ip: '9.9.9.9' }, meta())).$set).toBeUndefined() })
  test('switched off', async () => {
    await processEvent({ ...createPageview(), properties: { $geoip_disable: true, $ip: '1.2.3.4' } }, meta())
    expect(locate).not.toHaveBeenCalled()
  })
  test('address is discarded', async () => { expect((await processEvent({ ...createPageview(), ip: '1.2.3.4' }, meta({ discard: 'true' }))).ip).toBeNull() })
})
