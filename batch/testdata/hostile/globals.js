// The globals are the instance's own; the rest of the run is not.
export function processEvent(event) {
    if (event.event === 'hostile') {
        JSON.stringify = () => { throw new Error('replaced') }
        globalThis.JSON = globalThis.Date = undefined
        Object.prototype.toJSON = () => 'replaced'
        throw new Error('after the damage')
    }
    event.seen = true
    return event
}
