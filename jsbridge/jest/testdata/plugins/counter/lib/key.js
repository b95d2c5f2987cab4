export const keyOf = (event) => `count:${event.event}`
