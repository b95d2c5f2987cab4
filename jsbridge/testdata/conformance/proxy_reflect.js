// Proxy and Reflect: defaults, logging, a proxy of the event's properties returned
export function processEvent(event) {
  const seen = []
  const target = event.properties && typeof event.properties === 'object' ? event.properties : {}
  const props = new Proxy(target, {
    get(t, k, r) { seen.push(String(k)); return k in t ? Reflect.get(t, k, r) : `no ${String(k)}` },
    has: (t, k) => k === 'virtual' || Reflect.has(t, k),
    set(t, k, v, r) { return Reflect.set(t, `x_${String(k)}`, v, t) },
    deleteProperty: (t, k) => Reflect.deleteProperty(t, k),
    ownKeys: (t) => Reflect.ownKeys(t).filter((k) => k !== '$lib'),
  })
  props.added = props.missing
  const { $os = 'unused', nothing } = props
  delete props.$insert_id
  event.px = { $os, nothing, virtual: 'virtual' in props, keys: Object.keys(props).length, seen: seen.slice(0, 6), has: [Reflect.has(event, 'uuid'), Reflect.ownKeys(event).includes('event')], applied: Reflect.apply(Math.max, null, [1, 2]), made: Reflect.construct(Date, [0]).getTime(), proto: Reflect.getPrototypeOf(target) === Object.prototype, array: Array.isArray(new Proxy([], {})) }
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  try { revoked.proxy.x } catch (e) { event.px.revoked = e.name }
  return { ...event, properties: props }
}
