package batch

import (
	"fmt"
	"runtime"
	"time"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

// Defaults and limits of a run.
const (
	DefaultTimeout   = 30 * time.Second // Options.Timeout
	DefaultMaxRecord = 64 << 20         // Options.MaxRecord, in bytes

	DefaultMaxHeap      = 1 << 30 // Options.MaxHeap, in bytes
	DefaultDedupeMemory = 1 << 30 // Options.DedupeMemory, in bytes; enough for 50 million uuids

	DefaultCheckpointBytes = 64 << 20        // Options.CheckpointBytes
	DefaultCheckpointEvery = 5 * time.Second // Options.CheckpointEvery

	// MaxAbandoned is how many hook calls that ignore the end of their time a run leaves
	// behind, each with a goroutine, before it gives up.
	MaxAbandoned = 8
	// MaxShownLogs is how many messages of one plugin Options.OnLog gets, and how many errors
	// Options.OnRecordError.
	MaxShownLogs = 20
	// MaxLogChars is the length of the longest log message kept; a longer one is left out
	// whole. Source: the original runtime, fact sheet section 4.4.
	MaxLogChars = 50_000
	// MaxSamples is how many failures of one hook of one plugin a report describes.
	MaxSamples = 5
)

// ErrorPolicy says what becomes of an event when a hook fails on it.
type ErrorPolicy uint8

const (
	// Keep writes the event, as the live runtime did: with what the hook had changed before
	// it failed, or, after a timeout, as it entered the plugin. Each failure is counted.
	Keep ErrorPolicy = iota
	// Drop makes a dead letter of the record, as it stood in the source.
	Drop
	// Stop ends the run with an error that matches ErrStopped.
	Stop
)

var policyNames = [...]string{Keep: "keep", Drop: "drop", Stop: "stop"}

// String returns "keep", "drop" or "stop".
func (p ErrorPolicy) String() string {
	if int(p) >= len(policyNames) {
		return fmt.Sprintf("ErrorPolicy(%d)", p)
	}
	return policyNames[p]
}

// MarshalText returns what String does.
func (p ErrorPolicy) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText accepts "keep", "drop" and "stop".
func (p *ErrorPolicy) UnmarshalText(text []byte) error {
	for i, name := range policyNames {
		if name == string(text) {
			*p = ErrorPolicy(i)
			return nil
		}
	}
	return fmt.Errorf("got %q, want keep, drop or stop", text)
}

// Options tunes [Run]. The zero value is ready to use.
type Options struct {
	Workers   int           // instances of the chain running at once; 0 means GOMAXPROCS, 1 for a chain with state without PartitionBy
	MaxRecord int           // bytes of the longest record accepted; 0 means DefaultMaxRecord
	Timeout   time.Duration // wall time for one hook call; 0 means DefaultTimeout, negative none
	MaxHeap   int64         // bytes of the process's heap at which a running hook call is stopped; 0 means DefaultMaxHeap, negative none
	OnError   ErrorPolicy   // what becomes of an event when a hook fails on it
	TeamID    int64         // team_id that plugins see in records that have none; 0 means none
	Limit     int64         // records read at most, blank lines not counted; 0 means all
	From      Shape         // what the records are; ShapeAuto looks at them
	To        Shape         // what the records of the output are; ShapeAuto leaves them what they are

	// PartitionBy names a member of the records, such as "distinct_id" or
	// "properties.$session_id": records in which it is the same meet the same instances, in the
	// order of the input, so that plugins may remember something for each. "": any worker may
	// get any record, and a chain with state gets one worker unless Workers says otherwise.
	PartitionBy string

	// Dedupe keeps, of all records with the same uuid, the first one in the order of the input.
	// Plugins do not see the others. Case and dashes of a uuid make no difference; a record
	// without one is never a duplicate.
	Dedupe bool
	// DedupeMemory is how much memory the uuids may take that Dedupe has seen, in bytes: some 20
	// for each. 0 means DefaultDedupeMemory. With more the run ends with ErrManyIDs.
	DedupeMemory int64

	// Seed is behind all randomness that plugins see; the same seed gives the same output.
	Seed uint64
	// ClockStart is the time of records that have none; zero means the Unix epoch.
	ClockStart time.Time
	// RealClock lets plugins see the machine's clock instead of the event's own time: the output
	// is then another one on every run.
	RealClock bool
	// State is what plugins store and cache; nil means an empty one, in memory. A run that
	// finishes commits it.
	State *state.State
	// Fetcher is the network as plugins see it; nil means none.
	Fetcher sdk.Fetcher
	// GeoIP finds places of addresses; nil finds nothing. If it is a [fmt.Stringer], a resumed run
	// must have one that says the same of itself.
	GeoIP sdk.GeoIP

	// ScheduleOff keeps the plugins' scheduled tasks and jobs from running; jobs that they enqueue are
	// counted. Else tasks and jobs run between events, by the time that the events tell: see the
	// package documentation.
	ScheduleOff bool

	// Isolate makes every worker a process of its own; nil means that plugins run in this one.
	Isolate *Isolation

	// Resume makes the run go on from the last checkpoint of an unfinished run of the same output, which
	// may have ended in any way. It has to be the same run: the same inputs, chain and options,
	// but for those that do not change what is written. Without an unfinished run it begins; an
	// output that is finished, and newer than its inputs, is left as it is ([OutcomeDone]).
	// An unfinished run that is not resumed is discarded.
	Resume bool
	// Shard is the part of the replay that is run; zero means all of it.
	Shard Shard
	// Stop ends the run when it is closed: the records at hand are finished, and there is a
	// checkpoint. Run returns ErrInterrupted. A run that cannot be resumed ends at once. nil: nobody
	// closes it.
	Stop <-chan struct{}
	// CheckpointBytes and CheckpointEvery say when there is a checkpoint: after so many bytes of
	// records, and after so much time; whichever is first. 0 means DefaultCheckpointBytes and
	// DefaultCheckpointEvery; a negative time means never.
	CheckpointBytes int64
	CheckpointEvery time.Duration

	// Captured takes the events that plugins make with posthog.capture, as JSON lines. nil: they
	// are only counted.
	Captured Sink
	// DeadLetters, Webhooks and Logs take JSON lines, see [DeadLetter], [ComposedWebhook] and
	// [LogEntry]. A file among them exists only if there is a line for it. nil: they are only
	// counted.
	DeadLetters, Webhooks, Logs Sink

	// Deliverer sends composed webhooks, each after the result of its chunk has been written; the
	// run ends when all are settled. Webhooks then takes only those that were not delivered. nil:
	// nothing is sent.
	Deliverer Deliverer
	// Deliveries takes JSON lines, see [Delivery], in the order of the input. nil: they are only
	// counted.
	Deliveries Sink

	// OnLog is called for the first MaxShownLogs messages of every plugin that are warnings or
	// errors, failed hooks among them, in the order of the input. Calls do not overlap.
	// nil: nobody is told.
	OnLog func(LogEntry)
	// OnRecordError is called for the first MaxShownLogs records that could not be read, in the
	// order of the input. Calls do not overlap. nil: nobody is told.
	OnRecordError func(*RecordError)
	// OnUndelivered is called for the first MaxShownLogs webhooks of every plugin that were not
	// delivered, in the order of the input. Calls do not overlap. nil: nobody is told.
	OnUndelivered func(Delivery)
	// OnNotice is called with what the user should know of the run as a whole. Calls do not
	// overlap. nil: nobody is told.
	OnNotice func(string)
	// OnProgress is called after every chunk that was written, and when webhooks of a chunk are
	// settled. Calls do not overlap, and the run waits for them. nil: nobody is told.
	OnProgress func(Progress)
}

// Progress tells how far a run is.
type Progress struct {
	Records   int64 // read so far
	Bytes     int64 // of the files, as they are stored, read so far
	BytesFull int64 // of all files; 0 if unknown
	Failures  int64 // as Report.Failures, so far
	Webhooks  int64 // composed so far, to be delivered; 0 without Options.Deliverer
	Settled   int64 // of these: delivered, failed or refused
}

// check says what makes no sense.
func (o Options) check() error {
	switch {
	case int(o.From) >= len(shapeKinds):
		return usagef("from: got %v, want a shape that is known", o.From)
	case o.To == ShapeBatch || int(o.To) >= len(shapeKinds):
		return usagef("to: got %v, want capture, batch-export or processed", o.To)
	}
	if err := checkPartition(o.PartitionBy); err != nil {
		return err
	}
	return o.Isolate.check()
}

func (o Options) withDefaults(chain Chain) Options {
	switch {
	case o.Workers > 0:
	case chain.state() != sdk.StateNone && o.PartitionBy == "":
		o.Workers = 1
	default:
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxRecord <= 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	if o.CheckpointBytes <= 0 {
		o.CheckpointBytes = DefaultCheckpointBytes
	}
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = DefaultCheckpointEvery
	}
	if o.State == nil {
		o.State = state.New()
	}
	if o.ClockStart.IsZero() {
		o.ClockStart = eventtime.Epoch
	}
	if o.DedupeMemory <= 0 {
		o.DedupeMemory = DefaultDedupeMemory
	}
	if o.MaxHeap == 0 {
		o.MaxHeap = DefaultMaxHeap
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	return o
}
