// CSV lines in the log: quoting, columns from the config, template joins, onEvent without processEvent
// config: {"columns": "uuid,event,timestamp,properties.title,properties.total,properties.items.0.sku"}
const quote = (v) => (v == null ? '' : /[",\n]/.test((v = String(v))) ? `"${v.replace(/"/g, '""')}"` : v)
const get = (o, path) => path.split('.').reduce((x, k) => x?.[k], o)

export function setupPlugin({ config, global }) {
  global.columns = config.columns.split(',')
  console.log(global.columns.join(','))
}

export function onEvent(event, { global: { columns } }) {
  if (event.event === '$pageleave') throw new RetryError(`no ${event.event}`)
  console.log(columns.map((c) => quote(get(event, c))).join(','))
}
