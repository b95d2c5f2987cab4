// Buffer: encodings, hashing by hand, attachments, comparison, base64url tokens
import { Buffer as B } from 'buffer'
let attachment

export function setupPlugin({ attachments, global }) {
  attachment = attachments.file
  global.rows = attachment.contents.toString().trim().split('\n').map((l) => l.split(','))
  global.missing = attachments.nope === undefined
}

export function processEvent(event, { global }) {
  const text = String(event.properties?.title ?? event.event)
  const b = Buffer.from(text)
  const token = Buffer.from(JSON.stringify({ sub: event.distinct_id })).toString('base64')
  event.buf = {
    same: B === Buffer, hex: b.toString('hex').slice(0, 40), b64: b.toString('base64').slice(0, 40), latin: b.toString('latin1').length, bytes: Buffer.byteLength(text), len: b.length, back: Buffer.from(b.toString('base64'), 'base64').toString() === text, url: token.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '').slice(-20), parsed: JSON.parse(Buffer.from(token, 'base64').toString('utf8')).sub ?? null,
    sum: [...b].reduce((a, c) => (a + c) % 251, 0), cut: b.slice(0, 3).toString(), cmp: [Buffer.compare(b, Buffer.from('m')), b.equals(Buffer.from(text)), b.includes('e'), b.indexOf('e')], cat: Buffer.concat([b.subarray(0, 2), Buffer.from([33])]).toString('hex'), json: Buffer.from('hi'), num: b.length > 3 ? [b.readUInt16BE(0), b.readUInt8(1), b.readInt16LE(0)] : [],
    rows: global.rows, missing: global.missing, file: [attachment.content_type, attachment.file_name, attachment.contents.length, Buffer.isBuffer(attachment.contents)],
  }
  return event
}
