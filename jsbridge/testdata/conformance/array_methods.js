// array methods: flatMap, copyWithin, toSorted, toSpliced, with, findLast, splice, holes, array-likes
export function processEvent(event) {
  const list = Object.entries(event.properties ?? {}).map(([k, v]) => ({ k, t: typeof v }))
  const nums = list.map(({ k }) => k.length)
  const holes = [1, , 3, undefined]
  event.a = {
    flat: [[1, [2, [3]]].flat(Infinity), list.slice(0, 3).flatMap(({ k }, i) => (i % 2 ? [] : [k, [i]]))],
    es2023: [nums.toSorted((a, b) => a - b).slice(0, 5), nums.toReversed().slice(0, 3), nums.with(0, 99)[0], nums.toSpliced(1, 2, 'x').length].filter((x) => x !== undefined),
    find: [list.findLast(({ t }) => t === 'string')?.k, list.findLastIndex(({ t }) => t === 'nope'), list.find(({ t }) => t === 'number')?.k, nums.indexOf(4), nums.lastIndexOf(4), [NaN].includes(NaN), [NaN].indexOf(NaN)],
    copy: [[1, 2, 3, 4, 5].copyWithin(0, 3), [1, 2, 3].fill(7, -2), Array.from({ length: 3 }, (_, i) => i * i), Array.of(7), Array(3).length, [...Array(2).keys()]],
    splice: (() => { const a = [1, 2, 3, 4]; const cut = a.splice(-3, 2, 'a', 'b', 'c'); return [a, cut, a.splice(1), a] })(),
    holes: [holes.map((x) => 2), holes.length, 1 in holes, holes.indexOf(undefined), holes.includes(undefined), holes.filter(() => true).length, Object.keys(holes), JSON.stringify(holes), holes.join('-')],
    reduce: [nums.reduce((a, b) => a + b, 0), nums.reduceRight((a, b) => a * 31 % 1009 + b, 7)],
    like: [Array.prototype.map.call('abc', (c) => c + c), Array.prototype.join.call({ length: 2, 0: 'a', 1: 'b' }, '+'), Array.from('a😀b'), Array.from(new Set([1, 1, 2]))],
    sort: [[3, 1, 10, 2].sort(), ['b', undefined, 'a', , 'c'].sort().length, [true, false, null].sort(), [[2, 1], [1, 2]].sort().join('|'), list.map((x) => ({ ...x })).sort((a, b) => (a.t < b.t ? -1 : a.t > b.t ? 1 : 0)).map((x) => x.k).slice(0, 6)],
    misc: [[1, 2, 3].at(-1), [1, [2, [3, 4]]].toString(), [null, undefined, 1].join(), [] + {}, [].concat(1, [2], [[3]]), [1, 2, 3].entries().next().value, Array.isArray(list), [5, 1].push(1), [1].unshift(0), [].pop() === undefined, [3, 4].shift()],
    every: [[].every(() => false), [].some(() => true), nums.every((n) => n > 0)], length: (() => { const a = [1, 2, 3]; a.length = 1; a[3] = 9; return [a.length, a] })(),
  }
  try { [].reduce((a, b) => a) } catch (e) { event.a.error = `${e.name}` }
  try { [].length = -1; new Array(-1) } catch (e) { event.a.range = `${e.name}: ${e.message}` }
  return event
}
