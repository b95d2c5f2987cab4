// Runs for every event.
export async function processEvent(event: PluginEvent, { utils }: PluginMeta): Promise<PluginEvent> {
    await utils.cursor.increment('events')
    return event
}

// Runs every minute: in a replay, whenever the time of the events passes one.
export async function runEveryMinute({ storage }: PluginMeta): Promise<void> {
    console.info('events so far:', await storage.get('events', 0))
}
