// optional chaining and nullish coalescing in all positions; delete, calls, short circuits
export function processEvent(event) {
  let calls = 0
  const count = () => ++calls
  const e = event
  e.oc = {
    a: e?.properties?.items?.[0]?.sku, b: e.nothing?.deep.er[count()].x, c: e.fn?.(count()), d: e.properties?.['$lib']?.length, f: (e.nothing?.x).y ?? 'unreached',
  }
  return e
}
export const setupPlugin = ({ config }) => void (config?.list?.map?.((x) => x) ?? console.log('no list', delete config?.nope, null ?? undefined ?? 0, false || null))
