// destructuring with defaults, nested, computed and rest, swaps, in parameters and loops
const key = 'event'
export function processEvent({ [key]: name = 'unnamed', properties: { $os: os = 'none', items: [...items] = [], ...rest } = {}, ...event }, { config: { missing = 'default' } }) {
  const [{ sku, ...item } = {}, ...more] = items
  let a = 1, b = 2;
  [a, b] = [b, a];
  const pairs = []
  for (const [i, [k, v = null]] of Object.entries(rest).slice(0, 3).entries()) pairs.push({ i, k, t: typeof v })
  const { length, 0: first, [length - 1]: last } = String(name)
  const [, second = 'x', ...tail] = [...String(name)].slice(0, 4)
  return { ...event, [key]: name, properties: rest, d: { os, sku, item, more: more.length, a, b, pairs, length, first, last, second, tail, missing } }
}
