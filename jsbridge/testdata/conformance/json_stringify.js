// JSON.stringify with replacer function, replacer list, indent, toJSON with keys; reviver order
class Point {
  constructor(x, y) { Object.assign(this, { x, y }) }
  toJSON(key) { return `${key || 'top'}(${this.x},${this.y})` }
}

export function processEvent(event) {
  const p = event.properties
  const order = []
  JSON.parse('{"b":[1,{"c":2}],"a":{"2":0,"1":0}}', function (k, v) { order.push(k + (Array.isArray(this) ? '#' : '')); return v })
  event.j = {
    indent2: JSON.stringify(p, null, 2), tab: JSON.stringify({ a: [], o: {}, l: [1, [2, {}], []], n: { m: { k: [] }, z: 1 }, e: [{}] }, null, '\t'), wide: JSON.stringify([1, { a: 2 }], null, 15), text: JSON.stringify({ a: [0] }, null, 'verylongindent'),
    replaced: JSON.stringify(p, (k, v) => (typeof v === 'number' ? String(v) : k === '$set' ? undefined : v))?.length,
    list: JSON.stringify(p, ['title', '$set', 'email', 'a', 1, 'company', 'name']),
    odd: JSON.stringify([undefined, () => 1, Symbol('x'), NaN, -0, new Date(0), new Point(1, 2), { a: undefined, p: new Point(3, 4) }, Infinity, [,], new Map([[1, 1]]), /x/, new Error('e'), new Boolean(false), Object('s')]),
    top: [JSON.stringify(undefined), JSON.stringify(null), JSON.stringify('"\u2028\u0007\\'), JSON.stringify(new Point(5, 6)), JSON.stringify({ [Symbol('a')]: 1, k: 1 }), JSON.stringify(Object.create({ inherited: 1 })), JSON.stringify('é\ud800')],
    indentOdd: [JSON.stringify({ a: 1 }, null, 0), JSON.stringify({ a: 1 }, null, ''), JSON.stringify({ a: 1 }, null, new Number(1)), JSON.stringify([], null, 2), JSON.stringify({ a: 1, b: [] }, null, -3), JSON.stringify([[]], null, 1.9)],
    order, same: JSON.stringify(JSON.parse(JSON.stringify(event))) === JSON.stringify(event), dup: JSON.parse('{"a":1,"a":2}').a,
  }
  const cyclic = { event }
  cyclic.self = cyclic
  try { JSON.stringify(cyclic) } catch (e) { event.j.cyclic = [e.name, e instanceof TypeError, e.message.split('\n')[0]] }
  for (const bad of ['{a:1}', '[1,]', "'a'", '01', '', '{"a":1}x', 'undefined', '"\n"', 'NaN']) {
    try { JSON.parse(bad); (event.j.accepted ??= []).push(bad) } catch (e) { (event.j.rejected ??= []).push(e.name) }
  }
  return event
}
