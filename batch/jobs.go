package batch

import (
	"bytes"
	"cmp"
	"container/heap"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

const (
	// MaxJobs is how many jobs of a chain may wait at a time. One more has failed.
	MaxJobs = 1 << 20
	// MaxChainedJobs is how many jobs tasks and other jobs may enqueue between two events. One more
	// has failed: it would be the next of a chain without end.
	MaxChainedJobs = 10_000
)

// plannedJob is a job that a plugin has put off.
type plannedJob struct {
	plugin  int
	name    string
	payload []byte        // JSON on one line; nil means none
	at      time.Time     // when it is due; zero: delay says it
	delay   time.Duration // from the run's clock

	number int64 // in the order in which jobs were enqueued
}

// Enqueue puts a job off. What is not due at once waits until the run's clock has come there.
func (l *lent) Enqueue(name string, payload sdk.Value, delay time.Duration) error {
	return l.plan(plannedJob{name: name, delay: delay}, payload)
}

// EnqueueAt puts a job off until a time.
func (l *lent) EnqueueAt(name string, payload sdk.Value, at time.Time) error {
	return l.plan(plannedJob{name: name, at: at}, payload)
}

func (l *lent) plan(j plannedJob, payload sdk.Value) error {
	p := l.hand.p
	if p == nil || l.in.muted {
		return nil
	}
	if payload.Exists() {
		var text bytes.Buffer
		if err := json.Compact(&text, payload.AppendJSON(nil)); err != nil {
			return fmt.Errorf("jobs.%s: payload: %w", j.name, err)
		}
		j.payload = text.Bytes()
	}
	j.plugin = l.in.plugin
	p.result.jobs = append(p.result.jobs, j)
	return nil
}

// agenda holds the jobs that wait. They run in the order of the times at which they are due, and where
// that is the same as they were enqueued.
//
// It is used by one goroutine at a time: the one that commits, and while nothing is under way the
// one that reads.
type agenda struct {
	off     bool         // jobs do not run: they are only counted
	early   []plannedJob // of setupPlugin: their delays begin with the first chunk
	queue   jobQueue     // of the others
	waiting []int64      // how many of each plugin
	number  int64        // of the last job enqueued
	chained int          // jobs that tasks and jobs have enqueued since the last event
	clock   time.Time    // when the input has ended
}

// begin says that the clock is known.
func (a *agenda) begin(clock time.Time) {
	early := a.early
	a.early = nil
	for _, j := range early {
		a.add(j, clock)
	}
}

// take plans the jobs of a result. Those beyond the limits have failed in it.
func (a *agenda) take(r *run, c *Chunk, res *result) {
	if !c.calls {
		a.chained = 0
	}
	for _, j := range res.jobs {
		if c.calls {
			a.chained++
		}
		if err := a.full(); err != nil {
			res.fail(r, c, failure{plugin: j.plugin, hook: sdk.HookJobs, err: &jobError{j.name, err}})
			continue
		}
		a.add(j, c.clock)
	}
}

// full says why one more job is too many.
func (a *agenda) full() error {
	switch {
	case a.chained > MaxChainedJobs:
		return fmt.Errorf("got more than %d jobs that tasks and jobs enqueued between two events, and this one did not run; put it off with runIn", MaxChainedJobs)
	case len(a.queue) >= MaxJobs:
		return fmt.Errorf("got more than %d jobs waiting, and this one will not run", MaxJobs)
	}
	return nil
}

// add plans a job. What should have run before now is due now, behind what already is.
func (a *agenda) add(j plannedJob, clock time.Time) {
	a.waiting[j.plugin]++
	if a.off {
		return
	}
	if j.at.IsZero() {
		j.at = clock.Add(j.delay)
	}
	j.at = later(j.at, clock)
	a.number++
	j.number = a.number
	heap.Push(&a.queue, j)
}

// roundBytes is how many bytes of calls are given to a worker at a time.
const roundBytes = 1 << 20

// due takes jobs that are due, and returns the calls to make; nil for none.
func (a *agenda) due(clock time.Time) []byte {
	var calls []byte
	for len(a.queue) > 0 && !a.queue[0].at.After(clock) && len(calls) < roundBytes {
		j := heap.Pop(&a.queue).(plannedJob)
		a.waiting[j.plugin]--
		calls = call{
			at: clock, plugin: j.plugin, hook: sdk.HookJobs, job: j.name, payload: j.payload, number: j.number,
		}.append(calls)
	}
	return calls
}

// left counts the jobs of each plugin that wait.
func (a *agenda) left() []int64 {
	left := slices.Clone(a.waiting)
	for _, j := range a.early {
		left[j.plugin]++
	}
	return left
}

// fail counts and describes a failure of which nobody but the run knows.
func (res *result) fail(r *run, c *Chunk, f failure) {
	message := r.message(f.err)
	res.plugins[f.plugin].of(f.hook).failed++
	res.samples = append(res.samples, sample{f.plugin, f.hook, Sample{Error: message}})
	e := LogEntry{Time: c.clock, Plugin: r.chain[f.plugin].Name, Level: sdk.LevelError, Message: f.hook + ": " + message}
	res.log.write(f.plugin, e, r.opts.Logs != nil)
}

// jobQueue is a heap.
type jobQueue []plannedJob

func (q jobQueue) Len() int      { return len(q) }
func (q jobQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q jobQueue) Less(i, j int) bool {
	return cmp.Or(q[i].at.Compare(q[j].at), cmp.Compare(q[i].number, q[j].number)) < 0
}
func (q *jobQueue) Push(j any) { *q = append(*q, j.(plannedJob)) }
func (q *jobQueue) Pop() any {
	last := len(*q) - 1
	j := (*q)[last]
	(*q)[last] = plannedJob{}
	*q = (*q)[:last]
	return j
}
