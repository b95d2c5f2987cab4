package batch

import (
	"time"

	"github.com/plugreel/plugreel/batch/internal/isolate"
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
	Seed       uint64
	ClockStart time.Time
	RealClock  bool
	Logs       bool // somebody reads every message
	GeoIP      bool // there is one
	Fetcher    bool // likewise
	Deliverer  bool // likewise: webhooks have keys
	Traced     bool // somebody wants a sample of every failure
	MaxMemory  int64
}

func (r *run) settings() settings {
	o := &r.opts
	return settings{
		Timeout: o.Timeout, MaxHeap: o.MaxHeap, OnError: o.OnError, TeamID: o.TeamID, Seed: o.Seed,
		ClockStart: o.ClockStart, RealClock: o.RealClock, Logs: o.Logs != nil,
		GeoIP: o.GeoIP != nil, Fetcher: o.Fetcher != nil, Deliverer: o.Deliverer != nil, Traced: r.traced,
	}
}

// appendWork appends what a process must know of the records that it is to work on, but for
// their bytes.
func (p *progress) appendWork(dst []byte) []byte {
	c := p.chunk
	dst = isolate.AppendBytes(dst, c.Source)
	dst = isolate.AppendInt(dst, p.place.line+1)
	dst = isolate.AppendInt(dst, c.Offset+int64(p.from))
	return appendList(dst, p.given, appendGiven)
}

// readWork reads what appendWork wrote. data are the records.
func readWork(d *isolate.Decoder, data []byte, plugins int) *progress {
	c := &Chunk{Source: d.Text(), Line: d.Int(), Offset: d.Int(), Data: data}
	given := readList(d, nil, readGiven)
	p := newProgress(c, plugins)
	if len(given) > 0 && p.next() {
		p.begin()
		p.given = given
	}
	return p
}

func appendGiven(dst []byte, f failure) []byte {
	dst = isolate.AppendInt(dst, int64(f.plugin))
	dst = isolate.AppendBytes(dst, f.name)
	dst = isolate.AppendBytes(dst, f.hook)
	return appendText(dst, f.err)
}

func readGiven(d *isolate.Decoder) failure {
	return failure{plugin: int(d.Int()), name: d.Text(), hook: d.Text(), err: readText(d)}
}
