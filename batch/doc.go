// Package batch replays event archives through a chain of plugins.
//
// The front door is [Run], which takes a [Chain], a source ([Files], [Reader], [Records]), a
// sink ([Create], [Writer]) and [Options], whose zero value is ready to use, and returns a
// [Report]. [Compare] takes a source through two chains at once, and says what each makes of every
// record; package batch/diff makes a report of that.
//
// # Vocabulary
//
//	source       files, or a stream, of records: JSON lines, compressed or not
//	record       one line: an event as a client sent it, or a row of a batch export
//	chunk        whole records of one file, about 1 MiB; what one worker works on at a time
//	worker       a function from a chunk to a result, with an instance of every plugin
//	result       what a chunk has become: output lines, dead letters, webhooks, logs, counts
//	commit       the writing of results, in the order of the chunks
//	sink         where lines go; a file has its final name only when the run has succeeded
//	delivery     the sending of a webhook, if there is a Deliverer, after its chunk was committed
//	side         one of the two chains of a comparison; what they make of a record is a [Pair]
//	dead letter  a record that was not written because it, or with [Drop] a hook, failed
//	policy       what becomes of an event on which a hook fails: [Keep], [Drop] or [Stop]
//
// # What becomes of an event
//
// It goes through every processEvent, in the order of the chain; what comes out is written,
// then shown to the onEvent and composeWebhook of every plugin, each on a copy of its own.
//
//	processEvent returns       the next plugin gets                the record
//	an event                   it                                  goes on
//	nothing                                                        is dropped, which is no failure
//	an error, or panics        the event with what was changed     goes on, by the policy
//	another team_id            the event with the old team_id      goes on, by the policy
//	something else             the event as it entered             goes on, by the policy
//	nothing in time, or dies   the event as it entered             goes on, by the policy
//
// In the last case the instance is thrown away, and a new one made and set up. Read = written +
// dropped + dead + duplicate + skipped holds for every run: see [Counts].
//
// # What it refuses to do
//
// It prints nothing, exits nothing and touches no globals. It loads no plugins: a chain holds
// programs, whatever they are made of. It sends nothing of its own accord: webhooks are lines in a
// file, unless there is an Options.Deliverer. It does not sort, merge or deduplicate. It does not
// guess what a damaged file held.
//
// Plugins that look at the local time zone see that of the process; programs that want the
// same output everywhere set time.Local to time.UTC, as the plugreel command does.
//
// # Design notes
//
// One goroutine reads, workers work, one goroutine commits. A chunk takes a slot, of which
// there are two more than workers, when it is read, and frees it when it is committed: this
// bounds memory, whatever the size of the input and however uneven the plugins. How a file is
// cut into chunks depends on its content alone, and each result on its chunk alone, so the
// bytes of all outputs are the same at any number of workers, as long as plugins keep no
// state. For a chain that keeps state one worker is the default.
//
// Webhooks go to the Deliverer when the result of their chunk has been written, never before.
// Delivery may fall behind, so that a slow receiver does not hold up the rest, but not without
// bound: when 16 MiB of webhooks wait, or those of 1,024 chunks, the commit waits too. At most
// [MaxInFlight] are sent at a time. What became of each is written in the order of the input, by
// the goroutine that commits. In the staging directory of the outputs a journal remembers what has
// arrived, before another webhook takes its place in flight: when a process dies, those in flight
// are the only ones that may have arrived without anybody knowing. When a run fails or is
// interrupted, what is in flight is given up, and nothing more is sent. Options.Webhooks takes what
// did not arrive rather than everything, so that the file says what is left to be done; what would
// be sent can be seen by a run without a Deliverer.
//
// A worker hands its chunk to a goroutine, the hand, that owns the instances. A watchdog asks
// a hook call to end when its time is up. If it goes on, the worker leaves the hand behind,
// takes a new one, and does the record again from its beginning with that call marked as
// failed: nothing that the lost call can reach is used again.
//
// With Options.Isolate a worker is a process, which starts this program again; see [WorkerMain].
// It is the same code with a pipe in between: the process tells of each record what the result
// has gained by it, in memory that outlives it, and of each call that it begins. So when it
// dies, all finished records are there, and it is known who is to blame; the record at hand is
// done again in a new process with that call marked as failed, just as after a call that was
// left behind. There are two differences. A record on which a process ran out of memory, or was
// killed from outside, gets a second chance in a new process of its own, since the cause may lie
// in records before it. And what the record wrote to storage before is taken back; what it did
// to caches is not. A plugin's own memory is lost with each instance, here as there.
//
// A comparison is two runs that share the reading: a worker takes a chunk through both chains, and
// adds up what they made of it, before it takes the next. A result that is traced knows where each
// of its records ends, which is all that is needed to tell them apart.
//
// Storage, cache, geoip and fetch are calls to the run; clock, randomness, logs and everything that is
// counted are not. Worker processes see UTC. A process costs some 15 ms to start; in it, an event of 1.4 KB
// costs about 2 µs more, for three more copies of its bytes and the changes between processes.
//
// Where the time goes, per event of 1.4 KB on one core: reading and checking it takes about
// 1.2 µs, which is all that an empty chain does; a compiled-in plugin that sets one property
// adds about 1.7 µs. A row of a batch export costs two to three times as much as a captured
// event, because the view that plugins see is a second event, and what a plugin changed is
// found by comparison. The watchdog costs two atomic operations a call. Nobody looks at the
// wall clock for a call, but for one in sixteen, to tell in the report how long plugins took.
//
// Memory that a plugin has seen is never written again, as a plugin may keep an event. So
// input buffers are used again only where there is no plugin, and output buffers where no
// plugin has onEvent or composeWebhook.
package batch
