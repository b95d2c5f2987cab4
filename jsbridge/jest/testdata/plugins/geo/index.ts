import { Plugin, PluginMeta } from '@posthog/plugin-scaffold'
type GeoPlugin = Plugin<{ config: { discard?: string } }>

const plugin: GeoPlugin = {
  processEvent: async (event, { geoip, config }) => {
    const ip = event.properties?.$ip || event.ip
    if (!ip || event.properties?.$geoip_disable) return event
    const found = await geoip.locate(ip)
    if (!found) return event
    event.$set = event.$set ?? {}
    const props: Record<string, any> = {
      city_name: found.city?.names?.en ?? null,
      country_code: found.country?.iso_code,
      latitude: found.location?.latitude,
    }
    for (const [key, value] of Object.entries(props)) {
      if (value !== undefined) event.properties![`$geoip_${key}`] = event.$set[`$geoip_${key}`] = value
    }
    return config.discard === 'true' ? { ...event, ip: null } : event
  },
}

module.exports = plugin
