// getters and setters in literals and classes, on objects put into the event
class Money {
  #cents = 0
  static count = 0
  static of(amount) { const m = new Money(); m.amount = amount; return m }
  constructor() { Money.count++ }
  get amount() { return this.#cents / 100 }
  set amount(v) { this.#cents = Math.round(v * 100) }
  get [Symbol.toStringTag]() { return 'Money' }
  toJSON() { return { amount: this.amount, text: `${this.amount.toFixed(2)}` } }
}

export function processEvent(event) {
  const total = event.properties?.total
  if (typeof total !== 'number') return event
  const m = Money.of(total)
  event.properties.money = m
  event.properties.view = {
    _n: 1,
    get shown() { return this._n + 1 },
    set shown(v) { this._n = v },
    get hidden() { return undefined },
  }
  event.properties.view.shown = 41
  event.properties.tag = String(m)
  return event
}
