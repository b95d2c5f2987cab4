// dropped events: every falsy result, a table of predicates
const rules = [
  (e) => e.event === 'heartbeat',
  (e) => /bot/i.test(e.properties?.$user_agent),
  ({ properties: { $host } = {} }) => $host === 'localhost',
]
const falsy = [null, undefined, false, 0, '', NaN, 0n]
let n = 0

export function processEvent(event) {
  if (rules.some((rule) => { try { return rule(event) } catch { return false } })) return
  n += 1
  if (n % 5 === 0) return falsy[(n / 5) % falsy.length]
  event.kept = n
  return event
}
