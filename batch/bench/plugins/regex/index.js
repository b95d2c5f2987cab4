const browsers = [
    ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
    ['Opera', /OPR\/(\d+)/],
    ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
    ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
    ['Safari', /Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//],
]
const bots = /bot|crawl|spider|slurp|headless/i

export function processEvent(event) {
    event.properties ??= {}
    const agent = event.properties.$user_agent ?? event.properties.$raw_user_agent ?? ''
    event.properties.bot = bots.test(agent)
    event.properties.words = agent.replace(/[^\w.]+/g, ' ').trim().split(' ').length
    for (const [name, pattern] of browsers) {
        const match = agent.match(pattern)
        if (match) {
            event.properties.browser = name
            event.properties.browser_major = Number(match[1])
            break
        }
    }
    return event
}
