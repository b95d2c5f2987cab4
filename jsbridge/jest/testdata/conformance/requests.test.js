const http = require('http')
const https = require('https')
const fetch = require('node-fetch')
const { intercept } = require('./src/interceptor')

afterEach(() => jest.restoreAllMocks())

test('what is intercepted answers node-fetch', async () => {
  const answer = jest.fn(() => [201, { stored: true }])
  intercept(https, answer)
  const response = await fetch('https://api.example.com/e?x=1', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' })
  expect([response.status, response.ok, response.headers.get('content-type')]).toEqual([201, true, 'application/json'])
  expect(await response.json()).toEqual({ stored: true })
  expect(answer).toHaveBeenCalledWith({ path: '/e?x=1', method: 'POST', type: expect.anything(), body: '{"a":1}' })
})
test('of its protocol', async () => {
  intercept(http, () => [200, 'plain'])
  expect(await (await fetch('http://example.com')).json()).toBe('plain')
})
test('what fails is an error of node-fetch', async () => {
  jest.spyOn(https, 'request').mockImplementation(() => {
    const request = new http.ClientRequest({ host: 'localhost', port: 9 })
    request.end = () => process.nextTick(() => request.emit('error', new Error('no route')))
    request.on('error', () => {})
    return request
  })
  const failed = fetch('https://localhost/e', { method: 'POST', body: 'x' })
  await expect(failed).rejects.toThrow(fetch.FetchError)
  await expect(failed).rejects.toThrow('request to https://localhost/e failed, reason: no route')
})
test('what is no URL is refused by a promise', async () => {
  await expect(fetch('no url')).rejects.toThrow(Error)
})
test('nobody listens', (done) => {
  const request = http.get('http://localhost:9/', () => {})
  expect([request.method, request.path, request.getHeader('host')]).toEqual(['GET', '/', 'localhost:9'])
  request.on('error', (e) => { expect(e.code).toBe('ECONNREFUSED'); done() })
})
test('headers of a request', () => {
  const request = new http.ClientRequest({ host: 'localhost', port: 9, method: 'put', headers: { 'X-One': '1' }, auth: 'u:p' })
  request.on('error', () => {})
  request.setHeader('X-Two', 2)
  request.removeHeader('x-one')
  expect(request.getHeaders()).toMatchObject({ 'x-two': 2, authorization: 'Basic dTpw' })
  expect([request.hasHeader('X-ONE'), request.getHeader('x-TWO'), request.method]).toEqual([false, 2, 'PUT'])
  request.destroy()
})
test('classes are functions', () => {
  function Old() { http.Agent.call(this, { keepAlive: true }) }
  require('util').inherits(Old, http.Agent)
  expect(new Old().keepAlive).toBe(true)
  expect(http.Agent()).toBeInstanceOf(http.Agent)
})
