package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/batch/internal/watchdog"
	"github.com/plugreel/plugreel/sdk"
)

// Reasons that a worker process gives for its end.
const (
	reasonTimeout = iota + 1 // a call did not end when its time was up
	reasonGoexit             // a call ended its goroutine
)

// process does the work of a worker in another process.
type process struct {
	*isolate.Process
	ctx      context.Context
	run      *run // nil as long as there is only a chain to be looked at
	told     description
	limit    time.Duration // of a hook call
	overdue  atomic.Bool   // it was killed because a call did not end
	unlisten func() bool
	services *services
}

// startProcess starts a worker process and lets it open its chain.
func startProcess(ctx context.Context, i *Isolation, s settings) (*process, error) {
	far, err := isolate.Start(workerEnv+"=1", workerArg)
	if err != nil {
		return nil, &IOError{Op: "start", Path: "worker process", Err: err}
	}
	p := &process{Process: far, ctx: ctx, limit: openTime, services: &services{}}
	p.unlisten = context.AfterFunc(ctx, far.Kill)
	s.MaxMemory = i.maxMemory()
	text, err := json.Marshal(s)
	if err != nil {
		return nil, errors.Join(err, p.end())
	}
	answer, err := p.ask(nil, frameHello, isolate.AppendBytes(nil, text), i.Spec)
	if err == nil {
		err = json.Unmarshal(answer.Rest(), &p.told)
	}
	if err != nil {
		return nil, p.openError(err)
	}
	return p, nil
}

// openError is what keeps a process from opening its chain.
func (p *process) openError(err error) error {
	defer p.Free()
	var said *farError
	if errors.As(err, &said) {
		p.retire()
		return &UsageError{Err: said}
	}
	err = p.end()
	if p.ctx.Err() != nil {
		return context.Cause(p.ctx)
	}
	if p.overdue.Load() {
		err = fmt.Errorf("got no answer in %v", openTime)
	}
	return &UsageError{Err: fmt.Errorf("plugins: loading them: %w", err)}
}

func (r *run) newProcess(ctx context.Context) (*process, error) {
	p, err := startProcess(ctx, r.opts.Isolate, r.settings())
	if err != nil {
		return nil, err
	}
	if err := p.told.matches(r.chain); err != nil {
		p.retire()
		return nil, err
	}
	p.run, p.limit, p.services = r, r.opts.Timeout, newServices(ctx, r, p.Conn)
	return p, nil
}

// open sets the plugins up.
func (p *process) open(q *progress, muted bool) error {
	_, err := p.ask(q, frameSetup, isolate.AppendBool(nil, muted))
	if err := p.settle(q, q.from, err); err != nil {
		return err
	}
	return q.result.stop
}

// chunk works on the records of a chunk, from where q stands.
func (p *process) chunk(q *progress) error {
	p.run.opts.State.Advance(q.chunk.clock)
	if p.run.edges(q) {
		return nil
	}
	for q.from < len(q.chunk.Data) && q.result.stop == nil {
		if err := p.piece(q, q.piece()); err != nil {
			return err
		}
	}
	if q.result.stop == nil {
		p.run.tail(q)
	}
	return nil
}

// piece works on data, the next records of a chunk.
func (p *process) piece(q *progress, data []byte) error {
	from := q.from
	work := q.appendWork(isolate.AppendInt(nil, int64(len(data))))
	if p.Page.Put(data) {
		data = nil
	}
	_, err := p.ask(q, frameChunk, isolate.AppendBytes(nil, work), data)
	if err == nil && q.from == from && q.result.stop == nil {
		err = isolate.ErrMalformed
	}
	return p.settle(q, from, err)
}

// pieceBytes is how much of a chunk a process is given at a time, to the end of a line: all of it,
// if it is one of lines. A chunk of rows may be several times as large.
const pieceBytes = input.DefaultChunkBytes

// piece is what a process is given to work on: of what is left of the chunk as much as it has room
// for, but the next line alone if a process has died of what it was given.
func (p *progress) piece() []byte {
	data := p.chunk.Data[p.from:]
	from := min(pieceBytes-1, len(data))
	if p.strikes > 0 {
		from = 0
	}
	if n := bytes.IndexByte(data[from:], '\n'); n >= 0 {
		return data[:from+n+1]
	}
	return data
}

// teardown lets the plugins end.
func (p *process) teardown(q *progress, muted bool) error {
	_, err := p.ask(q, frameTeardown, isolate.AppendBool(nil, muted))
	return p.settle(q, q.from, err)
}

// retire ends the process.
func (p *process) retire() {
	p.Kill()
	_ = p.end()
	p.Free()
}

// end ends the process, if it has not ended, and says why it has.
func (p *process) end() error {
	p.unlisten()
	p.services.end()
	return &diedError{p.Wait()}
}

// ask gives the process a task and serves it until it has an answer. What the task gains goes
// into q. After an error that is no *farError the process is of no use.
func (p *process) ask(q *progress, kind byte, parts ...[]byte) (*isolate.Decoder, error) {
	defer p.watch()()
	var gained *receiver
	if q != nil {
		gained = p.run.receiver(q)
	}
	p.Page.Begin() // no call of this task was made yet
	if err := p.Send(kind, 0, parts...); err != nil {
		return nil, err
	}
	for {
		f, err := p.Receive()
		if err != nil {
			return nil, err
		}
		if f.Kind == frameAnswer {
			return p.answer(gained, f.Body)
		}
		if err := p.serve(gained, f); err != nil {
			return nil, err
		}
	}
}

// answer takes in what a task has gained, and its error.
func (p *process) answer(gained *receiver, body []byte) (*isolate.Decoder, error) {
	if err := p.harvest(gained); err != nil {
		return nil, err
	}
	d := isolate.NewDecoder(body)
	if failed := d.Bool(); failed {
		return nil, readText(d)
	}
	return d, d.Err()
}

// harvest takes the journal in and empties it.
func (p *process) harvest(gained *receiver) error {
	if gained == nil {
		return nil
	}
	err := gained.all(p.Page.Journal())
	p.Page.Clear()
	p.services.keep()
	return err
}

// serve does what a process asks for while it is at work.
func (p *process) serve(gained *receiver, f isolate.Frame) error {
	if gained == nil {
		return isolate.ErrMalformed
	}
	switch f.Kind {
	case frameFull:
		if err := p.harvest(gained); err != nil {
			return err
		}
		if err := gained.all(f.Body); err != nil {
			return err
		}
		return p.Send(frameReply, f.Number)
	case frameCall:
		return p.services.call(f, len(p.Page.Journal()))
	case frameCancel:
		p.services.cancelFetch(f.Number)
		return nil
	}
	return isolate.ErrMalformed
}

// watch kills the process when it is in the same call for too long: it should have ended the
// call itself, or itself, a good while ago. The function that it returns ends the watch.
func (p *process) watch() func() {
	if p.limit <= 0 {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		p.look(done)
	}()
	return func() {
		close(done)
		<-ended
	}
}

// look is the watch. It leaves the process twice the time that its own watchdog does.
func (p *process) look(done <-chan struct{}) {
	ticks := time.NewTicker(watchdog.Grace / 4)
	defer ticks.Stop()
	word, since := p.Page.Word(), time.Now()
	for {
		select {
		case <-done:
			return
		case now := <-ticks.C:
			if w := p.Page.Word(); w != word {
				word, since = w, now
			}
			if now.Sub(since) > p.limit+2*watchdog.Grace {
				p.overdue.Store(true)
				p.Kill()
				return
			}
		}
	}
}

// settle makes sense of how a task has ended: with q's stop, or with a *lostError if the
// process died. What q has gained is in it. from is where in the chunk the data began that the
// process had, whatever q has got to since.
func (p *process) settle(q *progress, from int, err error) error {
	var said *farError
	if err == nil || errors.As(err, &said) {
		return err
	}
	malformed := errors.Is(err, isolate.ErrMalformed)
	cause := p.end()
	defer p.Free()
	if err := p.ctx.Err(); err != nil {
		return context.Cause(p.ctx)
	}
	if !malformed {
		gained := p.run.receiver(q)
		gained.base = from
		malformed = gained.all(p.Page.Journal()) != nil
	}
	if malformed {
		return &IOError{Op: "read", Path: "worker process", Err: isolate.ErrMalformed}
	}
	p.services.undo()
	return p.lost(cause)
}

// lost says which call a process died in, if it was in one.
func (p *process) lost(cause error) error {
	switch reason := p.Page.Reason(); {
	case p.overdue.Load() || reason == reasonTimeout:
		cause = &stoppedError{cause: sdk.ErrTimeout, limit: p.limit}
	case reason == reasonGoexit:
		cause = errGoexit
	}
	lost := &lostError{err: cause}
	if at := p.Page.Call(); at.Made && at.Plugin < len(p.run.chain) && at.Hook < len(hookNames) {
		lost.site = site{at.Plugin, hookNames[at.Hook]}
	}
	return lost
}

// diedError is the end of a process.
type diedError struct{ isolate.Death }

func (e *diedError) Error() string {
	if e.OutOfMemory {
		return "the plugin's process ran out of memory; raise the memory limit if that is expected"
	}
	return "the plugin's process died: " + e.Cause
}

// chance says whether the record at hand deserves another one, in a new process and alone: what
// the last process died of may have come from records before it, or from outside.
func (p *progress) chance(lost *lostError) bool {
	var died *diedError
	return p.strikes == 0 && errors.As(lost.err, &died) && (died.OutOfMemory || died.Killed || lost.hook == "")
}

// retry goes on with the record at hand, which a process died on, as if nothing had happened.
func (p *progress) retry(lost *lostError) *progress {
	given, strikes := p.given, p.strikes
	q := p.takeOver(failure{})
	q.given, q.strikes = given, strikes+1
	q.result.plugins[lost.plugin].restarts++
	return q
}

// bury makes a dead letter of the record at hand, which processes die of outside hooks, where no
// plugin can be blamed.
func (p *progress) bury(r *run, cause error) error {
	one := newProgress(p.chunk.rest(p.taken, p.from), len(r.chain))
	gained := newGains(one)
	if one.next() {
		one.begin()
		one.unread(cause)
	}
	return r.receiver(p).all(gained.append(nil))
}
