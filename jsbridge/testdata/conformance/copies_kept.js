// Copies of the event and of its properties: what they share with what they were made of, where they are put,
// what is written to them before and after, and what is left of them in later calls.

let before = null // a copy from an earlier event
let count = 0

const ways = [
    // put somewhere, then written to
    (event) => {
        const copy = { ...event.properties, step: 'copied' }
        event.properties = copy
        copy.late = 'written behind the assignment'
        event.properties.later = Object.keys(copy).length
        return event
    },
    // the same copy in two places, written to last
    (event) => {
        const copy = { ...event.properties }
        event.properties = copy
        event.second = copy
        copy.both = true
        return event
    },
    // a copy of a copy, whose objects and arrays are the same ones
    (event) => {
        const first = { ...event.properties }
        const second = { ...first, depth: 2 }
        for (const [key, value] of Object.entries(second)) {
            if (Array.isArray(value)) {
                value.push('seen')
                second['same_' + key] = first[key] === value && event.properties[key] === value
            } else if (value && typeof value === 'object') {
                value.seen = true
                second['same_' + key] = first[key] === value
            }
        }
        event.properties = second
        return event
    },
    // read from the copy after the original has lost it
    (event) => {
        const copy = { ...event.properties }
        for (const key of Object.keys(event.properties)) {
            if (typeof event.properties[key] === 'object') {
                delete event.properties[key]
            }
        }
        event.kept = Object.values(copy).filter((value) => value && typeof value === 'object')
        return event
    },
    // another event is returned, whose properties are those of the first one
    (event) => {
        const made = { ...event, copied: true }
        made.properties.through = 'the copy'
        event.properties.again = 'the original'
        event.lost = 'not in what is returned'
        return made
    },
    // everything new
    (event) => ({ ...event, properties: { ...event.properties, $set: { ...event.properties?.$set, plan: 'pro' } } }),
    // properties that were written to, then copied, then written to again
    (event) => {
        event.properties.one = 1
        const made = { ...event, properties: { ...event.properties, two: 2 } }
        event.properties.three = 3
        return made
    },
    // shown on the way
    (event) => {
        const copy = { ...event.properties, shown: false }
        event.properties = copy
        const text = JSON.stringify(event)
        copy.shown = text.length > 0
        event.other = copy
        copy.last = text.includes('"shown":false')
        return event
    },
    // put down and taken up again
    (event) => {
        const copy = { ...event.properties, taken: 1 }
        event.properties = copy
        JSON.stringify(event)
        event.properties = { replaced: true }
        copy.taken = 2
        event.properties.copy = copy
        return event
    },
    // a copy that would hold itself fails, and the event is what it was before
    (event) => {
        const copy = { ...event.properties }
        copy.self = copy
        event.properties = copy
        event.properties.cycle = true
        delete copy.self
        return event
    },
    // the properties alone
    (event) => ({ ...event.properties, event: event.event, distinct_id: event.distinct_id, team_id: event.team_id }),
    // the copy of an earlier event
    (event) => {
        event.properties.before = before ? { ...before, event: undefined } : 'nothing'
        if (before) {
            before.touched = count
        }
        return event
    },
    // what JSON has no form for
    (event) => ({ ...event, properties: { ...event.properties, gone: undefined, when: new Date(0), list: [undefined, () => 1] } }),
]

export function processEvent(event) {
    event.properties ??= {}
    const made = ways[count++ % ways.length](event)
    if (count % 5 === 0) {
        before = { ...event.properties }
    }
    return made
}
