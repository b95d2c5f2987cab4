package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

// WorkerMain makes a worker process of this one, if it was started as one: then it never returns.
// A program that uses Options.Isolate calls it first in main, before it reads its arguments,
// and with nothing running. open makes the chain of a run of Isolation.Spec.
func WorkerMain(open OpenFunc) {
	if os.Getenv(workerEnv) == "" {
		served.Store(true)
		return
	}
	os.Exit(workerMain(open))
}

func workerMain(open OpenFunc) int {
	conn, page, err := isolate.Child()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s is set and this is no worker process: %v\n", workerEnv, err)
		return 1
	}
	_ = os.Unsetenv(workerEnv)
	w := &port{conn: conn, page: page, tasks: make(chan isolate.Frame)}
	w.replies = map[uint32]chan []byte{}
	go w.listen()
	for f := range w.tasks {
		w.answer(w.task(open, f))
	}
	return 0
}

// port is a worker process's connection to its run. As a member of a hand it is nil where the run
// is in the same process; methods that a hand calls do nothing then.
type port struct {
	conn  *isolate.Conn
	page  *isolate.Page
	tasks chan isolate.Frame
	waiting

	run   *run
	far   settings
	hand  *hand
	gains *gains
	out   []byte // of the last record
}

// listen takes what the parent sends. When the parent is gone, so is this process.
func (w *port) listen() {
	for {
		f, err := w.conn.Receive()
		if err != nil {
			os.Exit(0)
		}
		if f.Kind == frameReply {
			w.arrived(f)
			continue
		}
		w.tasks <- f
	}
}

// answer ends a task.
func (w *port) answer(body []byte, err error) {
	text := isolate.AppendBool(nil, err != nil)
	if err != nil {
		text, body = appendText(text, err), nil
	}
	if w.conn.Send(frameAnswer, 0, text, body) != nil {
		os.Exit(0)
	}
}

// task does one task. What it gains for the result is in the journal by then.
func (w *port) task(open OpenFunc, f isolate.Frame) ([]byte, error) {
	d := isolate.NewDecoder(f.Body)
	switch f.Kind {
	case frameHello:
		return w.hello(open, d)
	case frameSetup:
		return nil, w.setup(d.Bool())
	case frameChunk:
		p, err := w.chunk(d)
		if err != nil {
			return nil, err
		}
		return nil, w.do(p, func() error { return w.hand.chunk(p) })
	case frameTeardown:
		muted := d.Bool()
		p := newProgress(&Chunk{}, len(w.run.chain))
		return nil, w.do(p, func() error { return w.hand.teardown(p, muted) })
	}
	return nil, isolate.ErrMalformed
}

// chunk reads what there is to work on. The records are on the desk, or come along if they have
// no room there.
func (w *port) chunk(d *isolate.Decoder) (*progress, error) {
	work := isolate.NewDecoder(d.Bytes())
	size := work.Below(math.MaxInt32)
	data := d.Rest()
	if len(data) == 0 {
		data = w.page.Work(size)
	}
	p := readWork(work, data, len(w.run.chain))
	return p, work.Err()
}

// hello sets this process up and opens the chain.
func (w *port) hello(open OpenFunc, d *isolate.Decoder) ([]byte, error) {
	if err := json.Unmarshal(d.Bytes(), &w.far); err != nil {
		return nil, err
	}
	if err := isolate.Limit(w.far.MaxMemory); err != nil {
		return nil, err
	}
	chain, warnings, err := open(context.Background(), d.Rest())
	if err == nil {
		chain, err = chain.named()
	}
	if err != nil {
		return nil, err
	}
	w.run = &run{
		chain: chain, opts: w.far.options(), redactor: chain.Redactor(), buffers: unpooled{},
		after: chain.has(sdk.HookOnEvent, sdk.HookComposeWebhook),
	}
	if w.far.Deliverer {
		w.run.digest = chain.digest()
	}
	return json.Marshal(describe(chain, warnings))
}

// options are those of the run, as far as a worker looks at them.
func (s *settings) options() Options {
	o := Options{
		Timeout: s.Timeout, MaxHeap: s.heap(), OnError: s.OnError, TeamID: s.TeamID, To: s.To, Seed: s.Seed,
		ClockStart: s.ClockStart, RealClock: s.RealClock, State: state.New(),
	}
	if s.Logs {
		o.Logs = Writer(io.Discard)
	}
	return o
}

// heap is at which heap a hook call is stopped: well before the process is out of memory, so
// that it can live on.
func (s *settings) heap() int64 {
	within := s.MaxMemory / 2
	if within <= 0 || s.MaxHeap > 0 && s.MaxHeap < within {
		return s.MaxHeap
	}
	return within
}

// setup makes an instance of every plugin and sets it up.
func (w *port) setup(muted bool) error {
	w.hand = w.run.newHand(context.Background())
	w.hand.port = w
	p := newProgress(&Chunk{}, len(w.run.chain))
	return w.do(p, func() error {
		p.result.stop = w.hand.open(p, muted)
		return nil
	})
}

// do runs a task in the hand and tells what it has gained beyond its records. A call that is
// lost is the end of the process.
func (w *port) do(p *progress, task func() error) error {
	p.result.out = w.outBuffer(len(p.chunk.Data))
	w.gains = newGains(p)
	err := w.hand.do(task)
	var lost *lostError
	if errors.As(err, &lost) {
		w.die(lost)
	}
	if err == nil {
		w.tell()
	}
	return err
}

// outBuffer is memory for the output of a chunk of that size, or, where nobody looks at it once
// it is told, of a record.
func (w *port) outBuffer(size int) []byte {
	if w.run.after {
		return make([]byte, 0, size+size/4)
	}
	return w.out[:0]
}

// die ends the process after a call that did not come back.
func (w *port) die(lost *lostError) {
	reason := uint64(reasonTimeout)
	if !lost.abandoned {
		reason = reasonGoexit
	}
	w.page.SetReason(reason)
	os.Exit(1)
}

// enter says that a hook call begins.
func (w *port) enter(plugin int, hook string) {
	if w != nil {
		w.page.Enter(plugin, hookNumber(hook))
	}
}

// begin says that a record begins.
func (w *port) begin() {
	if w != nil {
		w.page.Begin()
	}
}

// finished says that the record at hand is done.
func (w *port) finished() {
	if w != nil {
		w.tell()
	}
}

// tell puts what is new into the journal. What has no room goes by itself.
func (w *port) tell() {
	entry := w.gains.append(w.page.Room())
	if !w.run.after {
		w.out = w.gains.forget()
	}
	if w.page.Commit(entry) {
		return
	}
	if _, err := w.ask(context.Background(), frameFull, entry); err != nil {
		os.Exit(0)
	}
}
