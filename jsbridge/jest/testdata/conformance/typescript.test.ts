import { Event, process as run } from './src/plugin'
import type { Unused } from './src/nothing'
enum Kind { A = 'a', B = 'b' }
interface Shape { kind: Kind; n?: number }
const make = <T extends Shape>(s: T): T => ({ ...s })
test('types vanish', () => { const s: Shape = make({ kind: Kind.A, n: 1 }); expect(s).toEqual({ kind: 'a', n: 1 }) })
test('plugin in TypeScript', async () => { const e = await run({ event: 'x', properties: {} } as Event); expect(e!.properties!.seen).toBe(true) })
test('place of a failure', () => {
  const x: number = 1
  expect(x as unknown as string).toBe('1')
})
test('mocked', () => { const f = jest.fn<number, [number]>((n) => n); const m = jest.mocked(f); m.mockReturnValue(3); expect(f(1)).toBe(3) })
let u: Unused | undefined
