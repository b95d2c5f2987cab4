package batch

import (
	"math"
	"time"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/batch/internal/shape"
)

// Kinds of frames between a run and its worker processes.
const (
	frameHello    byte = iota + 1 // settings and spec: open the chain
	frameSetup                    // set the plugins up
	frameChunk                    // work on records
	frameTeardown                 // let the plugins end
	frameAnswer                   // of the process: the task has ended, with or without an error
	frameFull                     // of the process: take the journal, and the body after it
	frameCall                     // of the process: a service
	frameReply                    // to frameFull and frameCall
	frameCancel                   // of the process: nobody waits for the reply any more
)

// settings is what a worker process must know of a run, as JSON.
type settings struct {
	Timeout    time.Duration
	MaxHeap    int64
	OnError    ErrorPolicy
	TeamID     int64
	To         Shape
	Seed       uint64
	ClockStart time.Time
	RealClock  bool
	Logs       bool // somebody reads every message
	GeoIP      bool // there is one
	Fetcher    bool // likewise
	Deliverer  bool // likewise: webhooks have keys
	MaxMemory  int64
}

func (r *run) settings() settings {
	o := &r.opts
	return settings{
		Timeout: o.Timeout, MaxHeap: o.MaxHeap, OnError: o.OnError, TeamID: o.TeamID, To: o.To, Seed: o.Seed,
		ClockStart: o.ClockStart, RealClock: o.RealClock, Logs: o.Logs != nil,
		GeoIP: o.GeoIP != nil, Fetcher: o.Fetcher != nil, Deliverer: o.Deliverer != nil,
	}
}

// appendWork appends what a process must know of the records that it is to work on, but for
// their bytes.
func (p *progress) appendWork(dst []byte) []byte {
	c := p.chunk.rest(p.taken, p.from)
	dst = isolate.AppendBool(dst, c.calls)
	dst = isolate.AppendBool(dst, c.traced)
	dst = isolate.AppendBytes(dst, c.Source)
	dst = isolate.AppendInt(dst, c.Line)
	dst = isolate.AppendInt(dst, c.Row)
	dst = isolate.AppendInt(dst, c.Offset)
	dst = isolate.AppendInt(dst, int64(c.shape.Kind))
	dst = isolate.AppendBool(dst, c.shape.Sure)
	dst = appendList(dst, c.spots, appendSpot)
	return appendList(dst, p.given, appendGiven)
}

// readWork reads what appendWork wrote. data are the records.
func readWork(d *isolate.Decoder, data []byte, plugins int) *progress {
	c := &Chunk{calls: d.Bool(), traced: d.Bool(), Source: d.Text(), Line: d.Int(), Row: d.Int(), Offset: d.Int(), Data: data}
	c.shape = shape.Hint{Kind: shape.Kind(d.Below(math.MaxUint8)), Sure: d.Bool()}
	c.spots = readList(d, nil, readSpot)
	given := readList(d, nil, readGiven)
	p := newProgress(c, plugins)
	if len(given) > 0 && p.next() {
		p.begin()
		p.given = given
	}
	return p
}

func appendSpot(dst []byte, s spot) []byte {
	dst = isolate.AppendInt(dst, s.line)
	dst = isolate.AppendInt(dst, s.offset)
	return isolate.AppendInt(dst, s.item)
}

func readSpot(d *isolate.Decoder) spot { return spot{d.Int(), d.Int(), d.Int()} }

func appendGiven(dst []byte, f failure) []byte {
	dst = isolate.AppendInt(dst, int64(f.plugin))
	dst = isolate.AppendBytes(dst, f.name)
	dst = isolate.AppendBytes(dst, f.hook)
	return appendText(dst, f.err)
}

func readGiven(d *isolate.Decoder) failure {
	return failure{plugin: int(d.Int()), name: d.Text(), hook: d.Text(), err: readText(d)}
}
