// hashes of ids, as privacy plugins make them: createHash, createHmac, timingSafeEqual, digests in every spelling
import { createHash, createHmac, timingSafeEqual } from 'crypto'
import * as crypto from 'crypto'

const algorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const

export function processEvent(event: any) {
    const id = String(event.distinct_id)
    const hashes: Record<string, string> = {}
    for (const name of algorithms) hashes[name] = createHash(name).update(id, 'utf8').digest('hex')
    event.hashes = hashes
    event.hmac = createHmac('sha256', 'sält').update(id).update(Buffer.from([0, 255])).digest('base64')
    event.bytes = [...crypto.createHash('sha1').update(id).digest().subarray(0, 4)]
    event.same = timingSafeEqual(Buffer.from(hashes.md5), Buffer.from(hashes.md5))
    event.failed = (() => { try { createHash('nope') } catch (e: any) { return e.code } })()
    event.properties = { ...event.properties, $ip: event.ip && createHash('sha256').update(event.ip).digest('base64url').slice(0, 10) }
    return event
}
