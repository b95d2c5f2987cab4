export function processEvent(event) {
    event.properties ??= {}
    let characters = 0
    let numbers = 0
    for (const [key, value] of Object.entries(event.properties)) {
        if (typeof value === 'string') {
            characters += value.length
        } else if (typeof value === 'number') {
            numbers++
        }
        if (key.startsWith('utm_')) {
            event.properties.campaign = true
        }
    }
    event.properties.characters = characters
    event.properties.numbers = numbers
    return event
}
