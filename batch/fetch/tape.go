package fetch

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"sync"

	"github.com/plugreel/plugreel/sdk"
)

// exchange is a request and its answer as a cassette has them.
type exchange struct {
	id      string // tells requests apart that look the same without secrets; "" if there were none
	request *request
	answer  *sdk.Response // URL "" is that of the request
	line    int           // where it was read, 0 if it is new

	live *sdk.Response // what this run hands out: the answer with its secrets, if they are known
}

// flight is a request that is under way. Its fields hold from when done is closed.
type flight struct {
	done   chan struct{}
	answer *sdk.Response
	err    error
	again  bool // ask the tape again: the answer is on it, or the hook that flew has ended first
}

// tape is the cassette in memory.
type tape struct {
	path  string
	cover cover
	salt  []byte

	alike map[string]int // key of a request without its secrets -> line of one that had some

	mu      sync.Mutex
	known   map[string]*exchange // by key
	flights map[string]*flight   // by key
	counts  Counts
}

// openTape reads a cassette. One that does not exist is empty, unless nothing can be recorded.
func openTape(o Options, record bool) (*tape, error) {
	t := &tape{path: o.Cassette, cover: o.Redact, known: map[string]*exchange{}, alike: map[string]int{}, flights: map[string]*flight{}}
	data, err := o.FS.ReadFile(o.Cassette)
	missing := errors.Is(err, fs.ErrNotExist)
	if missing && !record {
		return nil, fmt.Errorf("%s: there is no such cassette; record it with --allow-net HOST: %w", o.Cassette, err)
	}
	if err != nil && !missing {
		return nil, fmt.Errorf("%s: read: %w", o.Cassette, err)
	}
	if missing {
		return t, t.load(nil, nil)
	}
	salt, exchanges, err := decode(o.Cassette, data)
	if err != nil {
		return nil, err
	}
	return t, t.load(salt, exchanges)
}

// load puts exchanges on an empty tape. A nil salt is one that nothing depends on yet.
func (t *tape) load(salt []byte, exchanges []*exchange) error {
	if t.salt = salt; salt == nil {
		t.salt = make([]byte, saltBytes)
		rand.Read(t.salt) // has no error
	}
	for _, x := range exchanges {
		x.live = x.answer
		key := cmp.Or(x.id, t.key(x.request))
		if old := t.known[key]; old != nil {
			return &CassetteError{Path: t.path, Line: x.line, Err: fmt.Errorf("the same request as in line %d, want each one once", old.line)}
		}
		t.known[key] = x
		if x.id != "" {
			t.alike[t.key(x.request)] = x.line
		}
	}
	return nil
}

// key is the identity of a request: who has a cassette but not the secrets cannot read them from
// it. Requests with the same key get the same answer.
func (t *tape) key(r *request) string {
	h := hmac.New(sha256.New, t.salt)
	part := func(text string) {
		h.Write(binary.AppendUvarint(nil, uint64(len(text))))
		h.Write([]byte(text))
	}
	part(r.method)
	part(r.href)
	part(fmt.Sprint(r.manual, len(r.headers)))
	for _, header := range r.headers {
		part(header[0])
		part(header[1])
	}
	part(string(r.body))
	return hex.EncodeToString(h.Sum(nil)[:idBytes])
}

// play answers a request from the tape, or by live, which runs once at a time for each request
// and whose answer goes on the tape. A nil live is no network.
func (t *tape) play(ctx context.Context, r *request, live func() (*sdk.Response, error)) (*sdk.Response, error) {
	key := t.key(r)
	for {
		answer, f, first := t.join(key, live != nil)
		switch {
		case answer != nil:
			return handOut(answer, r), nil
		case f == nil:
			return nil, t.missing(r)
		case first:
			return t.fly(ctx, key, f, r, live)
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
		if !f.again {
			return handOut(f.answer, r), f.err
		}
	}
}

// join finds the answer to a request, or else the flight that is to bring it.
func (t *tape) join(key string, record bool) (answer *sdk.Response, f *flight, first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if x := t.known[key]; x != nil {
		t.counts.Replayed++
		return x.live, nil, false
	}
	if f := t.flights[key]; f != nil || !record {
		return nil, f, false
	}
	f = &flight{done: make(chan struct{})}
	t.flights[key] = f
	return nil, f, true
}

func (t *tape) fly(ctx context.Context, key string, f *flight, r *request, live func() (*sdk.Response, error)) (*sdk.Response, error) {
	f.err = errors.New("the request was given up") // for those who wait, should live panic
	defer t.land(ctx, key, f, r)
	f.answer, f.err = live()
	return handOut(f.answer, r), f.err
}

// land ends a flight and puts what it has brought on the tape.
func (t *tape) land(ctx context.Context, key string, f *flight, r *request) {
	var x *exchange // nil if there is nothing to keep, or Redact panics
	defer func() { t.settle(key, f, x) }()
	if f.err == nil && !isPassing(f.answer.Status) {
		x = t.cut(key, r, f.answer)
	}
	f.again = x != nil || (f.err != nil && ctx.Err() != nil)
}

func (t *tape) settle(key string, f *flight, x *exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer close(f.done)
	delete(t.flights, key)
	switch {
	case x != nil:
		t.known[key] = x
		t.counts.Recorded++
	case !errors.Is(f.err, ErrNotAllowed):
		t.counts.Unrecorded++
	}
}

// isPassing says that a status means "try again": what it stands for is gone by the next run.
func isPassing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// cut makes an exchange for the tape.
func (t *tape) cut(key string, r *request, live *sdk.Response) *exchange {
	x := &exchange{request: t.cover.request(r), answer: t.cover.answer(live), live: live}
	if x.request != r {
		x.id = key
	}
	if live.URL == r.href {
		x.answer.URL = ""
	}
	if bytes.Equal(x.answer.Body, live.Body) {
		x.answer.Body = live.Body // keep it once
	}
	return x
}

// handOut copies an answer for a plugin, which may change it; nil stays nil.
func handOut(a *sdk.Response, r *request) *sdk.Response {
	if a == nil {
		return nil
	}
	own := *a
	own.URL = cmp.Or(a.URL, r.href)
	own.Headers = slices.Clone(a.Headers)
	own.Body = slices.Clone(a.Body)
	return &own
}

func (t *tape) missing(r *request) error {
	if line, alike := t.alike[t.key(t.cover.request(r))]; alike {
		return refuse(ErrNotRecorded, "%s has no answer to this %s; that in line %d is to one that differs in its secrets", t.path, r.method, line)
	}
	return refuse(ErrNotRecorded, "%s has no answer to this %s; record it with --allow-net %s", t.path, r.method, flagFor(r.url))
}

// save writes the cassette if there is something new in it.
func (t *tape) save(fsys FS) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts.Recorded == 0 {
		return nil
	}
	exchanges := make([]*exchange, 0, len(t.known))
	for _, x := range t.known {
		exchanges = append(exchanges, x)
	}
	if err := fsys.WriteFile(t.path, encode(t.salt, exchanges)); err != nil {
		return fmt.Errorf("%s: write: %w", t.path, err)
	}
	return nil
}

func (t *tape) count() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counts
}
