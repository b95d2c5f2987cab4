// payloads that are compressed and unpacked again: zlib with Buffers
const zlib = require('zlib')

module.exports.processEvent = function (event) {
  const text = JSON.stringify(event)
  const packed = zlib.gzipSync(Buffer.from(text))
  event.back = zlib.gunzipSync(packed).toString() === text
  event.size = zlib.unzipSync(packed).length
  event.raw = zlib.inflateRawSync(zlib.deflateRawSync(text)).toString('utf8').length
  event.fixed = zlib.gunzipSync(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64')).toString()
  event.broken = (() => { try { return zlib.gunzipSync(Buffer.from('nonsense')).length } catch (e) { return [e.code, e.message] } })()
  return event
}
