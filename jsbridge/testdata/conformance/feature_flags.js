// arrays of flags to booleans, rollout by a hash, config lists, spread in calls, sets of rules
// config: {"rollout": "beta:50, new-nav:10,old:100", "deny": "internal"}
const parse = (text = '') => new Map(text.split(/\s*,\s*/).map((entry) => { const [name, share = '100'] = entry.split(':'); return [name, Number(share) / 100] }))
const bucket = (text) => [...text].reduce((h, c) => (h * 33 + c.charCodeAt(0)) % 10007, 5381) / 10007

export function setupPlugin({ config, global }) {
  Object.assign(global, { rollout: parse(config.rollout), deny: new Set(config.deny.split(',')) })
}

export function processEvent(event, { global: { rollout, deny } }) {
  const p = { ...event.properties }
  const active = Array.isArray(p.$active_feature_flags) ? p.$active_feature_flags : []
  for (const flag of active) p[`$feature/${flag}`] ??= true
  for (const [flag, share] of rollout) if (!deny.has(flag)) p[`$feature/${flag}`] = bucket(`${flag}.${event.distinct_id}`) < share
  p.$active_feature_flags = [...new Set([...active, ...Object.keys(p).filter((k) => k.startsWith('$feature/') && p[k]).map((k) => k.slice(9))])].sort()
  p.flag_count = Math.max(...[active, p.$active_feature_flags].map((l) => l.length))
  return { ...event, properties: p }
}
