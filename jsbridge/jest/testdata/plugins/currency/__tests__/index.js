import fetch from 'node-fetch'
import { createEvent, getMeta, resetMeta } from '@posthog/plugin-scaffold/test/utils'
import { setupPlugin, processEvent } from '../index'

jest.mock('node-fetch')
const { Response } = jest.requireActual('node-fetch')
global.console = { ...console, log: jest.fn() }

const answer = (rates) => Promise.resolve(new Response(JSON.stringify({ rates })))

beforeEach(async () => {
  fetch.mockReset()
  fetch.mockImplementation(() => answer({ EUR: 0.5, USD: 1 }))
  resetMeta({ config: { apiKey: 'key', target: 'EUR' } })
  await setupPlugin(getMeta())
})

afterEach(() => jest.useRealTimers())

test('converts an amount', async () => {
  const event = await processEvent(createEvent({ properties: { amount: 10, currency: 'USD' } }), getMeta())
  expect(event.properties).toEqual({ amount: 10, currency: 'USD', amount_eur: 5 })
  expect(fetch).toHaveBeenCalledWith('https://rates.example/latest?base=USD&key=key')
})

test('asks once a day', async () => {
  jest.useFakeTimers()
  jest.setSystemTime(new Date('2021-01-01'))
  const convert = () => processEvent(createEvent({ properties: { amount: 1, currency: 'USD' } }), getMeta())
  await convert()
  await convert()
  expect(fetch).toHaveBeenCalledTimes(1)
  jest.setSystemTime(new Date('2021-01-03'))
  await convert()
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('leaves other events alone', async () => {
  const event = createEvent({ event: 'other' })
  expect(await processEvent(event, getMeta())).toBe(event)
  expect(fetch).not.toHaveBeenCalled()
})

test('unknown currency', async () => {
  const event = await processEvent(createEvent({ properties: { amount: 10, currency: 'XXX' } }), resetMeta({ ...getMeta(), config: { target: 'GBP' } }))
  expect(event.properties).not.toHaveProperty('amount_gbp')
})

test('needs a key', async () => {
  await expect(setupPlugin(resetMeta())).rejects.toThrow('apiKey is missing')
})

test('fails when the service is down', async () => {
  fetch.mockRejectedValueOnce(new Error('ECONNREFUSED'))
  await expect(processEvent(createEvent({ properties: { amount: 1, currency: 'CHF' } }), getMeta())).rejects.toThrow(/REFUSED/)
})

test('is wrong about rounding', async () => {
  const event = await processEvent(createEvent({ properties: { amount: 1.01, currency: 'USD' } }), getMeta())
  expect(event.properties.amount_eur).toBe(0.5)
})
