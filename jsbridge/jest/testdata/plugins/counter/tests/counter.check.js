import { processEvent, runEveryMinute, jobs } from '../index'
import { now } from 'clock'
import { getMeta, resetMeta, createEvent } from '@posthog/plugin-scaffold/test/utils'
import '../styles.css'

jest.mock('clock', () => ({ ...jest.requireActual('clock'), now: jest.fn(() => 1000000) }))

const runNow = jest.fn()
const report = jest.fn(() => ({ runNow }))

describe('counter', () => {
  beforeEach(() => {
    resetMeta({ jobs: { report } })
    report.mockImplementation(() => ({ runNow }))
  })
  test('counts', async () => {
    for (const n of [1, 2, 3]) expect((await processEvent(createEvent(), getMeta())).properties).toEqual({ n })
    expect(await getMeta().storage.get('count:EVENT_TYPE')).toBe(3)
  })
  test('reports once a minute', async () => {
    await processEvent(createEvent(), getMeta())
    await processEvent(createEvent(), getMeta())
    expect(report).toHaveBeenCalledTimes(1)
    now.mockReturnValueOnce(2000000)
    await processEvent(createEvent(), getMeta())
    expect(report.mock.calls).toEqual([[{ n: 1 }], [{ n: 3 }]])
    expect(runNow).toHaveBeenCalledTimes(2)
  })
  test('calls were cleared', () => expect(report).not.toHaveBeenCalled())
  test('jobs', async () => {
    const storage = { set: jest.fn().mockResolvedValue(undefined) }
    await jobs.report({ n: 5 }, { storage })
    expect(storage.set).toHaveBeenCalledWith('reported', 5)
  })
  test('schedule', async () => {
    const meta = resetMeta({ storage: { get: async () => 7 } })
    await runEveryMinute(meta)
    expect(meta.global.total).toBe(7)
  })
  test('timeout of the configuration', async () => { await new Promise((r) => setTimeout(r, 1500)) })
  test('set is synchronous', () => { const { cache } = getMeta(); expect(cache.set('a', { b: 1 })).toBeUndefined(); return expect(cache.get('a')).resolves.toEqual({ b: 1 }) })
  test('default of get', async () => { expect(await getMeta().cache.get('none', 'd')).toBe('d') })
  test('no incr', () => expect(getMeta().cache.incr).toBeUndefined())
})
