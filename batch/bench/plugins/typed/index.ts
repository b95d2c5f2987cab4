enum Kind {
    Text,
    Number,
    Other,
}

interface Event {
    properties: Record<string, unknown>
}

function kind(value: unknown): Kind {
    if (typeof value === 'string') {
        return Kind.Text
    }
    return typeof value === 'number' ? Kind.Number : Kind.Other
}

export function processEvent<E extends Event>(event: E): E {
    event.properties ??= {}
    const counts = [0, 0, 0]
    for (const [, value] of Object.entries(event.properties)) {
        counts[kind(value)]++
    }
    event.properties.kinds = counts
    return event
}
