// an LRU cache on a Map and a linked list, seen-before flags, static members, instance getters
class Node { constructor(key, value) { this.key = key; this.value = value; this.prev = this.next = null } }
class Lru {
  static DEFAULT = 50
  #map = new Map()
  head = null
  tail = null
  constructor(limit = Lru.DEFAULT) { this.limit = limit }
  get size() { return this.#map.size }
  get(key) { const n = this.#map.get(key); if (!n) return; this.#unlink(n); this.#push(n); return n.value }
  set(key, value) {
    this.#map.has(key) && this.#unlink(this.#map.get(key))
    const n = new Node(key, value)
    this.#map.set(key, n)
    this.#push(n)
    if (this.size > this.limit) { this.#map.delete(this.tail.key); this.#unlink(this.tail) }
    return this
  }
  #push(n) { n.prev = null; n.next = this.head; if (this.head) this.head.prev = n; this.head = n; this.tail ??= n }
  #unlink(n) { n.prev ? (n.prev.next = n.next) : (this.head = n.next); n.next ? (n.next.prev = n.prev) : (this.tail = n.prev) }
}
const cache = new Lru()

export function processEvent(event) {
  const key = event.distinct_id
  const visits = (cache.get(key) ?? 0) + 1
  cache.set(key, visits)
  return { ...event, visits, cached: cache.size, newest: cache.head.key === key, oldest: cache.tail.key }
}
