// Package batch replays event archives through a chain of plugins.
//
// The front door is [Run], which takes a [Chain], a source ([Files], [Reader], [Records]), a
// sink ([Create], [Writer]) and [Options], whose zero value is ready to use, and returns a
// [Report]. [Inspect] says what is in a source without running anything. [Compare] takes a
// source through two chains at once, and says what each makes of every record; package batch/diff
// makes a report of that.
//
// # Vocabulary
//
//	source       files, or a stream, of records: JSON lines, compressed or not, or files of Parquet
//	record       one event: a line, or one of several that stand together on a line
//	shape        the JSON form of records: see [Shape]
//	item         number of a record among those of its line
//	part         the records of a chunk that are for one worker, with Options.PartitionBy
//	chunk        whole records of one file, about 1 MiB; what one worker works on at a time
//	worker       a function from a chunk to a result, with an instance of every plugin
//	result       what a chunk has become: output lines, dead letters, webhooks, logs, counts
//	commit       the writing of results, in the order of the chunks
//	checkpoint   a place between two chunks, on the disk, from which a run can go on
//	ledger       the file of the checkpoints of an unfinished run
//	resume       to go on from the last checkpoint, as if nothing had happened
//	shard        one of n parts of a replay, each a run of its own
//	sink         where lines go; a file has its final name only when the run has succeeded
//	delivery     the sending of a webhook, if there is a Deliverer, after its chunk was committed
//	side         one of the two chains of a comparison; what they make of a record is a [Pair]
//	dead letter  a record that was not written because it, or with [Drop] a hook, failed
//	policy       what becomes of an event on which a hook fails: [Keep], [Drop] or [Stop]
//	event clock  what plugins read as the time in hooks for events: a function of the record
//	run's clock  how far the run has come in the time that its records tell; it never goes back
//	task         a runEvery hook; a call of it is a tick
//	job          work that a plugin has put off with meta.Jobs
//	gap          what lies between two chunks: there tasks and jobs run
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
// # What is read and written
//
// A source may hold events as clients send them, rows of batch exports, bodies of requests to
// /batch, and processed events of the old S3 plugin, also mixed. What a record is, its members show;
// one that could be anything is what the first telling record of its file is, a capture if there is
// none. Options.From overrides that. Nothing becomes a dead letter for its shape. A line with a body, or
// with an array of events, is as many records as it has events, counted one by one; each gets the
// members of the body that it lacks (api_key, sent_at), and its place is line and item. A body
// without events is skipped.
//
// An export of persons or sessions, and JSON over several lines, is a *[UsageError] before anything is
// written, as far as files can be looked at twice; else when it is reached.
//
// Records come out in the shape that they had, those of a body as captures. Options.To converts:
//
//	to                  what is made                                             what is lost
//	[ShapeCapture]      what an importer takes; what was clicked as              columns of the project that was
//	                    $elements_chain in the properties                        exported: person_id, created_at, …
//	[ShapeBatchExport]  $set, $set_once and what was clicked moved to where      nothing
//	                    a row has them; created_at is now, else timestamp
//	[ShapeProcessed]    timestamp in UTC; elements as a list                     as for captures
//
// # What survives
//
// A run of files into files makes a checkpoint after Options.CheckpointBytes or CheckpointEvery, which
// is soon. Whatever ends the run then, a full disk, kill -9 or the power, leaves OUT.plugreel/, and a
// run with Options.Resume goes on from the last checkpoint. The outputs, dead letters, webhooks and logs, and
// all that the report counts, are in the end those of a run that nothing has disturbed.
//
//	resumed run is given             it
//	the same run, unfinished         goes on
//	nothing                          begins
//	an output newer than all inputs  leaves it as it is: OutcomeDone
//	anything else                    is refused, with what has changed
//
// The same are: inputs (path, size, time, the first and last 64 KiB), the plugins' files, their
// configuration and attachments, the version, and the options that change what is written. Values of the
// configuration and the seed are in the ledger as hashes with a random key only. Workers, Timeout, Isolate
// and the like may change. The chain may not keep state in memory; what it stores has to be in a state
// file, and one worker has to do it. Streams cannot be resumed. With Dedupe the inputs are read again
// up to the place where the run goes on, for the uuids in them.
//
// What has been sent is not sent again: deliveries are noted at once in a journal of their own. Setting
// up happens again in a new process; what it logs and stores has happened before, and is dropped.
//
// # Tasks and jobs
//
// They run by the time that the records tell, in the gaps. Where a chain has tasks, chunks are cut
// before the first record at or past a boundary of their periods; where it has jobs, at every
// minute. A time is a record's event time; records that have none pass at no time.
//
//	a boundary lies between two records       the task is called before the second
//	several lie between them                  it is called once; its clock says the last of them
//	before the first and after the last       it is not called
//	a record is earlier than those before     nothing is due: the run's clock does not go back
//	a record is far ahead, say in 2099        that is one gap; then nothing is due up to there
//
// In a gap the jobs that are due run first, by the time when they are due, then as they were
// enqueued; then the tasks, plugin by plugin in the order of the chain, of each the longest period
// first; then jobs that are due because of those. All run in the first worker's instances when
// everything before is committed, and what they leave is committed before what comes after. So the
// bytes of all outputs are the same at any number of workers, though with jobs chunks are worked on one
// after the other.
//
// The run's clock of a chunk is the highest time of the records in chunks before, or the minute of
// its first record, whichever is later; caches and jobs count from it, and jobs read it as the time.
// A job is due when that clock has come to its time, at once if it is past; delays of setupPlugin begin with the
// first chunk. What teardownPlugin enqueues and is due, such as the rest of a buffer, runs in new instances.
// Jobs that are due after the last record do not run and are counted. A job that enqueues the next one
// comes to an end after [MaxChainedJobs].
//
// A task or a job that fails is counted and has no other consequence, RetryError or not, unless the
// policy is [Stop]. One that hangs is treated like a hook that hangs on an event.
//
// # Where the time goes
//
// Every stage has a benchmark beside its code. This is what an event of 1.4 KB takes on one core of two shared
// vCPUs of 2026, from one run of
//
//	GOGC=800 go test -run '^$' -bench . -benchtime 0.3s -cpu 1 ./sdk ./jsbridge ./interp ./plugins ./batch ./batch/internal/...
//
//	stage                                                     µs             benchmark
//	read a file, cut it into chunks and lines                 0.1            input Splitter/plain
//	  decompress zstd, brotli, gzip                           0.9, 1.5, 1.8  Splitter/zstd, brotli, gzip
//	  decompress gzip with a member for each line             8.7            Splitter/gzip-members
//	  read Parquet                                            2.2            rowgroup Read/ZSTD
//	find duplicates                                           1.3            batch Dedupe/on less off
//	check the JSON, and nothing else                          0.8            sdk Validate
//	  and index the event and its properties                  1.0            sdk Event/index
//	view an exported row as an event, compare it after        3.6            shape Record/export/untouched less index
//	read a property and set two                               0.4            sdk Event/set less index
//	write the event                                           0.2            sdk AppendJSON/set
//	compress zstd, gzip, Parquet                              2.0, 3.5, 4.3  output Encoder, rowgroup Encode/ZSTD
//	append to a file                                          1.1            output StageFile/file
//
//	check, index, call, write: hello-world in Go, compiled in 1.7            plugins ProcessEvent/native
//	  in JavaScript or TypeScript                             3.4            ProcessEvent/js, ts
//	  in Go, interpreted                                      6.6            ProcessEvent/interp
//	  JavaScript that does nothing                            1.5            jsbridge ProcessEvent/noop
//	  … that makes copies by spread                           4.7            ProcessEvent/spread
//	  … that loops over the names, over the entries           12, 21         ProcessEvent/keys, entries
//	  … that has a callback for each entry                    38             ProcessEvent/reduce
//	  … that makes JSON of the event                          10             ProcessEvent/stringify
//	  … that is asynchronous                                  2.4            ProcessEvent/async
//	  … that composes a webhook of all properties             11             ComposeWebhook
//
//	replay events, exported rows, in memory: no plugin        1.4, 1.3       batch Run/copy
//	  one property set, in Go, compiled in                    2.1, 5.9       Run/hello
//	  hello-world in JavaScript                               4.3, 7.7       Run/hello-js
//	  hello-world in Go, interpreted                          6.4, 10       Run/hello-interp
//
// System calls are few: a read and a write for each chunk, of some 700 events; the 1 µs of a file is the kernel's
// copy. fsync is for checkpoints and the end, and the disk has begun before: Report.SyncSeconds is what is
// left. Checking is one pass over all bytes, and makes the index on the way. A hook call has a fixed price, to
// get in and out: two atomic operations for the watchdog, 1 µs more in JavaScript or interpreted Go. The wall
// clock is looked at for one call in sixteen. Then each member costs that is read or written; all others
// are copied in one piece. onEvent and composeWebhook get a copy of their own. A row costs three times as
// much as an event, because its view is a second event, and what a plugin changed is found by comparison.
//
// That is why a plugin that is compiled in is twice as fast as one in JavaScript, not twenty times: two thirds of
// its time pass before and after it, and only what the hook itself computes is faster for being machine
// code. What leaves the fast path needs every member as a value: enumeration of the whole event,
// JSON.stringify of parts of it, freeze or defineProperty. Patterns outside RE2 (look-around, back-references)
// back-track; async makes promises.
//
// For a fast plugin, decide early whether the event matters, and name the members that you need. Make patterns, sets and
// tables once, outside the hook. Change the event that you were given rather than a copy of it, and where
// all members must be visited, loop over Object.keys, without callbacks (forEach over entries becomes a loop where
// that is the same).
//
// One goroutine reads, decompresses and finds duplicates, and one writes; workers do the rest, and more of them
// help until one of the two is busy: gzip with a member for each line comes at 120,000 events/s, whatever follows.
// In flight are two chunks more than workers, each with its input, output and indexes, some 4 MB; most of the
// memory beyond that is garbage not yet collected. The collector is the host's to set: the plugreel command uses
// GOGC=800 as long as 80 MB suffice, which saves a fifth of the CPU time of hello-world with GOGC=100, for 50 MB.
//
// # What it refuses to do
//
// It prints nothing, exits nothing and touches no globals. It loads no plugins: a chain holds
// programs, whatever they are made of. It sends nothing of its own accord: webhooks are lines in a
// file, unless there is an Options.Deliverer. It does not sort or merge, and takes duplicates out only
// if told to. It does not guess what a damaged file held.
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
// A checkpoint is a cut through all files, a note in the ledger and a commit of the state file. The
// goroutine that commits hands what it has to the operating system and writes the note down in memory,
// which takes a fraction of a millisecond; another one waits for the disk, in this order: files, ledger, state. So each
// of them may only be ahead of the next, and what is ahead is cut off: a file is longer than the
// ledger says, the ledger may have one checkpoint more than the state file. State is taken apart in deltas, one for
// each chunk, since the worker is in later chunks by then. While a webhook is on its way there is no
// checkpoint, and while a file is written that cannot be cut (brotli): such a file is begun again.
//
// At the end all files are finished, and the ledger says so, before the first gets its final name: a run
// that dies among the renames has only the rest of them to do. That an output is done is known by its time
// alone, as in make: nothing of a finished run stays but its outputs.
//
// A chunk must not depend on where a run has begun, so a checkpoint lies at the end of a chunk as it is
// cut from its file. A plain file is then sought; a compressed one is decompressed up to there, and so is a
// row group. Shards of a plain file begin at the first line in their range, and count the lines before it, for
// line numbers; those of Parquet begin at a row group, which the footer counts.
//
// A worker hands its chunk to a goroutine, the hand, that owns the instances. A watchdog asks
// a hook call to end when its time is up. If it goes on, the worker leaves the hand behind,
// takes a new one, and does the record again from its beginning with that call marked as
// failed: nothing that the lost call can reach is used again.
//
// Options.Dedupe is decided where chunks are in order and no worker has seen them, so it does not
// depend on workers, and plugins store nothing for a duplicate. Each record is parsed for it, not
// searched: one that cannot be read does not stand for one that can. That is 1.4 µs more per event of
// 1.7 KB, in the goroutine that reads.
//
// With Options.PartitionBy each chunk becomes a part for every worker. Results note where every
// record ends, and the worker that finishes the last part puts them together, record by record.
// A part has room in its worker's queue whenever there is room for the chunk, so no worker waits
// for another one. What plugins remember for a key is then what one worker would remember;
// what they remember across keys is not, which the report calls order_dependent.
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
// adds up what they made of it, before it takes the next. The result of a chunk that is traced
// knows where each of its records ends, which is all that is needed to tell them apart.
//
// Storage, cache, geoip and fetch are calls to the run; clock, randomness, logs and everything that is
// counted are not. Worker processes see UTC. A process costs some 15 ms to start; in it, an event of 1.4 KB
// costs about 2 µs more, for three more copies of its bytes and the changes between processes.
//
// Memory that a plugin in JavaScript has seen is never written again, as it may keep an event; nor what a plugin
// has seen that was left behind. Other buffers are used again: those of the input where no such plugin is in the
// chain, those of the output where none has onEvent or composeWebhook.
package batch
