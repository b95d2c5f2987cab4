export const name = 'real'
export function greet(who) { return `hello ${who}` }
export class Store {
  constructor() { this.items = [] }
  add(x) { this.items.push(x); return this.items.length }
  static make() { return new Store() }
}
export const nested = { deep: { call: () => 'deep' }, list: [1, 2], n: 5, re: /x/ }
export default function main() { return 'main' }
