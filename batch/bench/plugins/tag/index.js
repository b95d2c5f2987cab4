const mobile = ['iOS', 'Android']

export function processEvent(event) {
    const properties = event.properties ?? {}
    const small = mobile.includes(properties.$os) || properties.$screen_width < 700
    event.properties = { ...properties, screen: small ? 'small' : 'large' }
    return event
}
