// jobs that put themselves off: a poller begun in setupPlugin, with a cursor, fetch and capture; hooks in both exports
async function poll({ page }, { utils, jobs }) {
  const count = await utils.cursor.increment('polls')
  const response = await fetch(`https://api.example.com/users?page=${page}&poll=${count}`)
  const { users, next } = await response.json()
  for (const user of users) await posthog.capture('user seen', { distinct_id: String(user.id), name: user.name, page })
  if (count < 40) await jobs.poll({ page: next || page + 1 }).runIn(count % 3 ? 5 : 0, 'seconds')
  if (count % 7 === 0) throw 'seventh'
}
exports.setupPlugin = async ({ utils, jobs }) => {
  await utils.cursor.init('polls')
  await jobs.poll({ page: 1 }).runNow()
}
exports.jobs = { poll }
module.exports = { jobs: { poll: () => console.log('never'), other() {} }, processEvent: (event) => event }
