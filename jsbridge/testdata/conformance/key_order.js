// the order of keys after writes, deletes, integer-like names, and copies
export function processEvent(event) {
  const p = event.properties
  if (!p || typeof p !== 'object') return event
  p.z = 1
  p[7] = 'seven'
  p['2'] = p['2'] ?? 'two'
  delete p.$lib
  p.$lib = 'last'
  p.$os = 'written in place'
  event.orders = [Object.keys(p), Object.keys({ ...p, a: 1 }), Object.keys(JSON.parse(JSON.stringify(p))), Object.keys(Object.assign({ 9: 1, y: 1 }, p)), Reflect.ownKeys(p), (() => { const ks = []; for (const k in p) ks.push(k); return ks })()].map((ks) => ks.join().slice(-300))
  event.text = JSON.stringify(p).length
  return event
}
