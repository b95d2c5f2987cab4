package batch

import (
	"context"
	"sync"
	"time"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/sdk"
)

// waiting pairs replies with what they are to.
type waiting struct {
	mu      sync.Mutex
	last    uint32
	replies map[uint32]chan []byte
}

func (w *waiting) expect() (number uint32, reply <-chan []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last++
	c := make(chan []byte, 1)
	w.replies[w.last] = c
	return w.last, c
}

// arrived hands a reply to who waits for it, if anybody does.
func (w *waiting) arrived(f isolate.Frame) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c := w.replies[f.Number]; c != nil {
		c <- f.Body
		delete(w.replies, f.Number)
	}
}

func (w *waiting) forget(number uint32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.replies, number)
}

// ask sends a frame and waits for the reply, or the end of ctx.
func (w *port) ask(ctx context.Context, kind byte, body []byte) ([]byte, error) {
	number, reply := w.expect()
	if err := w.conn.Send(kind, number, body); err != nil {
		return nil, err
	}
	select {
	case text := <-reply:
		return text, nil
	case <-ctx.Done():
		w.forget(number)
		_ = w.conn.Send(frameCancel, number)
		return nil, context.Cause(ctx)
	}
}

// call calls a service of the run.
func (w *port) call(ctx context.Context, service, plugin int, args []byte) (*isolate.Decoder, error) {
	body := isolate.AppendInt(isolate.AppendInt(nil, int64(service)), int64(plugin))
	text, err := w.ask(ctx, frameCall, append(body, args...))
	if err != nil {
		return nil, err
	}
	d := isolate.NewDecoder(text)
	if failed := d.Bool(); failed {
		return nil, readText(d)
	}
	return d, nil
}

// lend replaces what an instance is lent by what the run lends.
func (w *port) lend(c *sdk.MetaConfig, plugin int) {
	if w == nil {
		return
	}
	far := farServices{w, plugin}
	c.Storage, c.Cache, c.GeoIP, c.Fetcher = farStorage{far}, farCache{far}, nil, nil
	if w.far.GeoIP {
		c.GeoIP = far
	}
	if w.far.Fetcher {
		c.Fetcher = far
	}
}

// farServices are the run's services for one plugin.
type farServices struct {
	port   *port
	plugin int
}

func (s farServices) call(service int, args []byte) (*isolate.Decoder, error) {
	return s.port.call(context.Background(), service, s.plugin, args)
}

func (s farServices) Locate(ip string) (sdk.Value, error) {
	d, err := s.call(geoipLocate, isolate.AppendBytes(nil, ip))
	if err != nil {
		return sdk.Value{}, err
	}
	return sdk.RawValue(d.Rest()), nil
}

func (s farServices) Fetch(ctx context.Context, r *sdk.Request) (*sdk.Response, error) {
	d, err := s.port.call(ctx, fetch, s.plugin, appendRequest(nil, r))
	if err != nil {
		return nil, err
	}
	return readResponse(d), d.Err()
}

type farStorage struct{ farServices }

func (s farStorage) Get(key string) (sdk.Value, error) {
	d, err := s.call(storageGet, isolate.AppendBytes(nil, key))
	if err != nil {
		return sdk.Value{}, err
	}
	return sdk.RawValue(d.Rest()), nil
}

func (s farStorage) Set(key string, v sdk.Value) error {
	_, err := s.call(storageSet, append(isolate.AppendBytes(nil, key), textOf(v)...))
	return err
}

func (s farStorage) Delete(key string) error { return s.Set(key, sdk.Value{}) }

// Update calls f again when somebody else has written in between.
func (s farStorage) Update(key string, f func(sdk.Value) (sdk.Value, error)) error {
	for {
		old, err := s.Get(key)
		if err != nil {
			return err
		}
		v, err := f(old)
		if err != nil {
			return err
		}
		args := isolate.AppendBytes(isolate.AppendBytes(nil, key), textOf(old))
		d, err := s.call(storageSwap, append(args, textOf(v)...))
		if err != nil || d.Bool() {
			return err
		}
	}
}

type farCache struct{ farServices }

func (c farCache) Get(key string) (text string, ok bool, err error) {
	d, err := c.call(cacheGet, isolate.AppendBytes(nil, key))
	if err != nil {
		return "", false, err
	}
	ok = d.Bool()
	return d.Text(), ok, nil
}

func (c farCache) Set(key, text string, ttl time.Duration) error {
	args := isolate.AppendBytes(isolate.AppendBytes(nil, key), text)
	_, err := c.call(cacheSet, isolate.AppendInt(args, int64(ttl)))
	return err
}

func (c farCache) Incr(key string) (int64, error) { return c.number(cacheIncr, key, nil) }

func (c farCache) Expire(key string, ttl time.Duration) (bool, error) {
	d, err := c.call(cacheExpire, isolate.AppendInt(isolate.AppendBytes(nil, key), int64(ttl)))
	return err == nil && d.Bool(), err
}

func (c farCache) LPush(key string, elements ...string) (int, error) {
	n, err := c.number(cachePush, key, appendList(nil, elements, isolate.AppendBytes[string]))
	return int(n), err
}

func (c farCache) LRange(key string, start, end int) ([]string, error) {
	return c.texts(cacheRange, key, isolate.AppendInt(isolate.AppendInt(nil, int64(start)), int64(end)))
}

func (c farCache) LLen(key string) (int, error) {
	n, err := c.number(cacheLen, key, nil)
	return int(n), err
}

func (c farCache) LPop(key string, count int) ([]string, error) {
	return c.texts(cachePop, key, isolate.AppendInt(nil, int64(count)))
}

func (c farCache) LRem(key string, count int, element string) (int, error) {
	n, err := c.number(cacheRemove, key, isolate.AppendBytes(isolate.AppendInt(nil, int64(count)), element))
	return int(n), err
}

func (c farCache) number(service int, key string, args []byte) (int64, error) {
	d, err := c.call(service, append(isolate.AppendBytes(nil, key), args...))
	if err != nil {
		return 0, err
	}
	return d.Int(), d.Err()
}

func (c farCache) texts(service int, key string, args []byte) ([]string, error) {
	d, err := c.call(service, append(isolate.AppendBytes(nil, key), args...))
	if err != nil {
		return nil, err
	}
	return readTexts(d), d.Err()
}
