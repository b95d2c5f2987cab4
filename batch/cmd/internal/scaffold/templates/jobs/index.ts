interface Reminder {
    who: string
}

// Runs for every event. What is to be done later is put off under the name of a job.
export async function processEvent(event: PluginEvent, { jobs }: PluginMeta): Promise<PluginEvent> {
    if (event.event === 'signup') {
        const reminder: Reminder = { who: event.distinct_id }
        await jobs.remind(reminder).runIn(1, 'day')
    }
    return event
}

// Jobs run when their time has come: in a replay, when the time of the events has.
export const jobs = {
    remind({ who }: Reminder, meta: PluginMeta): void {
        console.info('a day ago:', who)
    },
}
