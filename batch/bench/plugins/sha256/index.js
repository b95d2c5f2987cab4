import { createHash } from 'crypto'

const hash = (text) => createHash('sha256').update('salt:' + text).digest('hex')

export function processEvent(event) {
    event.properties ??= {}
    event.distinct_id = hash(event.distinct_id)
    for (const key of ['$ip', '$device_id']) {
        if (event.properties[key]) {
            event.properties[key] = hash(String(event.properties[key]))
        }
    }
    return event
}
