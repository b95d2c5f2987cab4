function flatten(target, prefix, value) {
    for (const key of Object.keys(value)) {
        const inner = value[key]
        const name = prefix + '__' + key
        if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) {
            flatten(target, name, inner)
        } else {
            target[name] = inner
        }
    }
}

export function processEvent(event) {
    event.properties ??= {}
    const properties = event.properties
    for (const key of Object.keys(properties)) {
        const value = properties[key]
        if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
            flatten(properties, key, value)
        }
    }
    return event
}
