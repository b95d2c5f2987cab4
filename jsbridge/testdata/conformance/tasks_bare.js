// top-level functions as tasks; jobs that are a variable; a task that is no function is no task
var seen = 0
var jobs = { report: (payload, meta) => console.log('report', payload.seen, Object.keys(meta.config)) }
var runEveryHour = 'no function'
async function runEveryMinute(meta) {
  await meta.jobs.report({ seen }).runNow()
}
function runEveryDay() {
  return Promise.reject({ code: 7 })
}
function processEvent(event) {
  seen++
  return event
}
// config: {"a": 1, "b": null}
