package batch

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/sdk"
)

// Services that a worker process calls.
const (
	storageGet = iota
	storageSet
	storageSwap // if it still has the old value
	cacheGet
	cacheSet
	cacheIncr
	cacheExpire
	cachePush
	cacheRange
	cacheLen
	cachePop
	cacheRemove
	geoipLocate
	fetch
	serviceCount
)

// services are what a run lends a worker process. Its methods are called by one goroutine.
type services struct {
	ctx    context.Context
	cancel context.CancelFunc
	run    *run
	conn   *isolate.Conn

	journal int    // its length at the last call: another one means that a record is done
	written []undo // storage, by the record at hand

	fetching sync.WaitGroup
	mu       sync.Mutex
	fetches  map[uint32]context.CancelFunc
}

// undo is what a key of a storage was before a record wrote to it.
type undo struct {
	storage sdk.Storage
	key     string
	old     sdk.Value
}

func newServices(ctx context.Context, r *run, conn *isolate.Conn) *services {
	s := &services{run: r, conn: conn, fetches: map[uint32]context.CancelFunc{}}
	s.ctx, s.cancel = context.WithCancel(ctx)
	return s
}

// end ends all calls.
func (s *services) end() {
	if s.cancel != nil {
		s.cancel()
	}
	s.fetching.Wait()
}

// keep says that what was written stays: the record is done.
func (s *services) keep() { s.written, s.journal = s.written[:0], 0 }

// undo takes back what the record at hand has written to storage. What it did to caches stays.
func (s *services) undo() {
	for i := len(s.written) - 1; i >= 0; i-- {
		u := s.written[i]
		_ = u.storage.Set(u.key, u.old)
	}
	s.keep()
}

// call answers one call. journal is the length of the journal when it came.
func (s *services) call(f isolate.Frame, journal int) error {
	if journal != s.journal {
		s.keep()
		s.journal = journal
	}
	d := isolate.NewDecoder(f.Body)
	service, plugin := d.Below(serviceCount), d.Below(len(s.run.chain))
	if service == fetch {
		s.fetch(f.Number, d)
		return d.Err()
	}
	reply, err := s.serve(service, plugin, d)
	if d.Err() != nil {
		return d.Err()
	}
	return s.conn.Send(frameReply, f.Number, outcomeOf(reply, err))
}

// outcomeOf is a reply, or an error.
func outcomeOf(reply []byte, err error) []byte {
	text := isolate.AppendBool(nil, err != nil)
	if err != nil {
		return appendText(text, err)
	}
	return append(text, reply...)
}

func (s *services) serve(service, plugin int, d *isolate.Decoder) ([]byte, error) {
	p := &s.run.chain[plugin]
	switch {
	case service < cacheGet:
		return s.storage(s.run.opts.State.Storage(p.Name), service, d)
	case service == geoipLocate && s.run.opts.GeoIP != nil:
		v, err := s.run.opts.GeoIP.Locate(d.Text())
		return v.AppendJSON(nil), err
	case service < geoipLocate:
		return callCache(s.run.opts.State.Cache(p.Program.Info().Name), service, d)
	}
	d.Fail()
	return nil, nil
}

func (s *services) storage(storage sdk.Storage, service int, d *isolate.Decoder) ([]byte, error) {
	key := d.Text()
	if service == storageGet {
		v, err := storage.Get(key)
		return textOf(v), err
	}
	var expected []byte
	if service == storageSwap {
		expected = d.Bytes()
	}
	v, err := readValue(d.Rest())
	if err != nil {
		d.Fail()
		return nil, nil
	}
	err = storage.Update(key, func(old sdk.Value) (sdk.Value, error) {
		if service == storageSwap && !bytes.Equal(textOf(old), expected) {
			return old, errSwapped
		}
		s.written = append(s.written, undo{storage, key, old})
		return v, nil
	})
	if err == errSwapped {
		return isolate.AppendBool(nil, false), nil
	}
	return isolate.AppendBool(nil, true), err
}

var errSwapped = errors.New("somebody else has written")

// textOf is a value as bytes; one that is missing has none.
func textOf(v sdk.Value) []byte {
	if !v.Exists() {
		return nil
	}
	return v.AppendJSON(nil)
}

// readValue reads what textOf wrote, from someone who may lie.
func readValue(text []byte) (sdk.Value, error) {
	if len(text) == 0 {
		return sdk.Value{}, nil
	}
	return sdk.ParseValue(text)
}

func callCache(c sdk.Cache, service int, d *isolate.Decoder) ([]byte, error) {
	key := d.Text()
	switch service {
	case cacheGet:
		text, ok, err := c.Get(key)
		return isolate.AppendBytes(isolate.AppendBool(nil, ok), text), err
	case cacheSet:
		return nil, c.Set(key, d.Text(), time.Duration(d.Int()))
	case cacheIncr:
		n, err := c.Incr(key)
		return isolate.AppendInt(nil, n), err
	case cacheExpire:
		ok, err := c.Expire(key, time.Duration(d.Int()))
		return isolate.AppendBool(nil, ok), err
	case cachePush:
		n, err := c.LPush(key, readList(d, nil, (*isolate.Decoder).Text)...)
		return isolate.AppendInt(nil, int64(n)), err
	case cacheRange:
		list, err := c.LRange(key, int(d.Int()), int(d.Int()))
		return appendTexts(nil, list), err
	case cacheLen:
		n, err := c.LLen(key)
		return isolate.AppendInt(nil, int64(n)), err
	case cachePop:
		list, err := c.LPop(key, int(d.Int()))
		return appendTexts(nil, list), err
	}
	n, err := c.LRem(key, int(d.Int()), d.Text())
	return isolate.AppendInt(nil, int64(n)), err
}

// appendTexts appends a list of texts; nil stays nil.
func appendTexts(dst []byte, list []string) []byte {
	return appendList(isolate.AppendBool(dst, list != nil), list, isolate.AppendBytes[string])
}

func readTexts(d *isolate.Decoder) []string {
	var list []string
	if d.Bool() {
		list = []string{}
	}
	return readList(d, list, (*isolate.Decoder).Text)
}

// fetch asks the network while the process may go on with something else.
func (s *services) fetch(number uint32, d *isolate.Decoder) {
	req := readRequest(d)
	if d.Err() != nil || s.run.opts.Fetcher == nil {
		d.Fail()
		return
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.mu.Lock()
	s.fetches[number] = cancel
	s.mu.Unlock()
	s.fetching.Go(func() {
		defer s.cancelFetch(number)
		res, err := s.run.opts.Fetcher.Fetch(ctx, req)
		if ctx.Err() == nil {
			_ = s.conn.Send(frameReply, number, outcomeOf(appendResponse(nil, res), err))
		}
	})
}

// cancelFetch ends a fetch whose answer nobody waits for.
func (s *services) cancelFetch(number uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.fetches[number]; cancel != nil {
		cancel()
		delete(s.fetches, number)
	}
}

func appendRequest(dst []byte, r *sdk.Request) []byte {
	dst = isolate.AppendBytes(dst, r.Method)
	dst = isolate.AppendBytes(dst, r.URL)
	dst = appendList(dst, r.Headers, appendHeader)
	dst = isolate.AppendBool(dst, r.Body != nil)
	dst = isolate.AppendBytes(dst, r.Body)
	return isolate.AppendBool(dst, r.Manual)
}

func readRequest(d *isolate.Decoder) *sdk.Request {
	r := &sdk.Request{Method: d.Text(), URL: d.Text(), Headers: readList(d, nil, readHeader)}
	if hasBody, body := d.Bool(), d.Bytes(); hasBody {
		r.Body = body
	}
	r.Manual = d.Bool()
	return r
}

func appendHeader(dst []byte, h [2]string) []byte {
	return isolate.AppendBytes(isolate.AppendBytes(dst, h[0]), h[1])
}

func readHeader(d *isolate.Decoder) [2]string { return [2]string{d.Text(), d.Text()} }

func appendResponse(dst []byte, r *sdk.Response) []byte {
	if r == nil {
		return dst
	}
	dst = isolate.AppendBytes(dst, r.URL)
	dst = isolate.AppendBool(dst, r.Redirected)
	dst = isolate.AppendInt(dst, int64(r.Status))
	dst = isolate.AppendBytes(dst, r.StatusText)
	dst = appendList(dst, r.Headers, appendHeader)
	return isolate.AppendBytes(dst, r.Body)
}

func readResponse(d *isolate.Decoder) *sdk.Response {
	return &sdk.Response{
		URL: d.Text(), Redirected: d.Bool(), Status: int(d.Int()), StatusText: d.Text(),
		Headers: readList(d, nil, readHeader), Body: d.Bytes(),
	}
}
