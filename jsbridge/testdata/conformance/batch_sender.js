// a queue flushed by size in onEvent, logs, teardownPlugin sends the rest
// config: {"size": "7"}
export function setupPlugin({ config, global }) {
  global.queue = []
  global.sent = 0
  global.flush = (reason) => {
    if (global.queue.length === 0) return
    console.log('flush', reason, global.queue.length, global.queue.map((e) => e.event))
    global.sent += global.queue.splice(0, global.queue.length).length
  }
}

export async function onEvent(event, { config, global }) {
  global.queue.push({ event: event.event, size: JSON.stringify(event).length })
  if (global.queue.length >= Number(config.size)) await global.flush('full')
  const bytes = global.queue.reduce((n, { size }) => n + size, 0)
  if (bytes > 12000) global.flush(`bytes=${bytes}`)
}

export function teardownPlugin({ global }) {
  global.flush('end')
  console.info('sent in all:', global.sent)
}
