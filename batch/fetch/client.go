package fetch

import (
	"context"
	"crypto/x509"
	"net"
	"os"
	"sync"
	"time"

	"github.com/google/renameio/v2/maybe"

	"github.com/plugreel/plugreel/sdk"
)

// Mode is when the network is asked although there is a cassette.
type Mode uint8

const (
	// Auto replays what the cassette has and records what it has not, if any host is allowed.
	Auto Mode = iota
	// ReplayOnly opens no connection, whatever is allowed. It needs a cassette.
	ReplayOnly
)

// Options says what plugins may reach. The zero value refuses everything.
type Options struct {
	// Allow names the hosts that may be reached: HOST, HOST:PORT, *.example.org for all hosts
	// below a domain, an IP address, or [v6]:port. Without a port every port is meant. Which
	// addresses a host may have is in the package comment.
	Allow []string

	// Public opens every host of the internet. Allow then names the internal ones that may be
	// reached as well.
	Public bool

	Cassette string // path of a cassette, made if there is none; "" is no cassette
	Mode     Mode   // Auto if not given; without Allow, a cassette is only replayed
	FS       FS     // where the cassette is; nil is the file system of the operating system

	// Redact takes secrets out of a text, which need not be UTF-8; nil leaves it as it is. It
	// covers what the cassette keeps and what errors say. Calls may overlap.
	Redact func(string) string

	Timeout  time.Duration // for a whole answer, redirects included; 0 means 30 s, negative none
	MaxBytes int64         // of the longest body accepted, unpacked; 0 means 10 MiB, negative none

	RootCAs  *x509.CertPool // whom to trust for https; nil means whom the system trusts
	Resolver Resolver       // nil is net.DefaultResolver
	Dial     DialFunc       // nil is that of a net.Dialer
}

// The limits of the zero Options.
const (
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBytes = 10 << 20
)

// FS is where a cassette is kept. Calls do not overlap. Errors may be those of package os.
type FS interface {
	ReadFile(name string) ([]byte, error)
	// WriteFile replaces a file at once: whoever reads it, also after a crash, finds the old
	// content or the new.
	WriteFile(name string, data []byte) error
}

// OS is the file system of the operating system. Files that it makes are for their owner only.
// On Windows, which cannot do it, they are not replaced at once.
type OS struct{}

// ReadFile is os.ReadFile.
func (OS) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// WriteFile writes a new file beside the old one and renames it.
func (OS) WriteFile(name string, data []byte) error { return maybe.WriteFile(name, data, 0o600) }

func (o Options) withDefaults() Options {
	if o.FS == nil {
		o.FS = OS{}
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Dial == nil {
		o.Dial = (&net.Dialer{}).DialContext
	}
	return o
}

// Counts is what a Client has done so far.
type Counts struct {
	Sent       int // requests that went to the network, redirects not counted
	Replayed   int // answers that were in the cassette, or had been recorded earlier in the run
	Recorded   int // answers that are new in the cassette
	Unrecorded int // requests whose outcome is none to keep; see the package comment
}

// Client is the network as plugins see it. Its methods may be called from several goroutines.
type Client struct {
	network *network
	tape    *tape // nil is no cassette
	online  bool  // requests that the tape does not answer go to the network
	timeout time.Duration
	cover   cover
	fs      FS

	base context.Context // ends with the Client
	stop context.CancelCauseFunc

	mu      sync.Mutex // guards ended, and running against a start after the end
	ended   bool
	running sync.WaitGroup
	finish  func() error
}

var _ sdk.Fetcher = (*Client)(nil)

// New checks the options and reads the cassette. It opens no connection.
//
// Errors: what is wrong with Allow, each entry on its line ([ErrInvalid]); [ReplayOnly] without a
// cassette ([ErrInvalid]); *[CassetteError]; a cassette that
// cannot be read, or does not exist while nothing can be recorded (fs.ErrNotExist).
func New(o Options) (*Client, error) {
	o = o.withDefaults()
	if o.Mode == ReplayOnly && o.Cassette == "" {
		return nil, refuse(ErrInvalid, "replay only: got no cassette to replay")
	}
	rs, err := parseRules(o.Allow)
	if err != nil {
		return nil, err
	}
	c := &Client{online: o.Mode == Auto && (o.Public || len(rs) > 0), timeout: o.Timeout, cover: o.Redact, fs: o.FS}
	if o.Cassette != "" {
		if c.tape, err = openTape(o, c.online); err != nil {
			return nil, err
		}
	}
	c.base, c.stop = context.WithCancelCause(context.Background())
	c.network = newNetwork(c.base, rs, o)
	c.finish = sync.OnceValue(c.end)
	return c, nil
}

// Fetch makes a request, or replays it. An answer of any status is no error, and belongs to the
// caller. r is only read, and not after Fetch has returned.
//
// Errors: *[Error], which matches one of the Err… variables, or what the network reported, or the
// cause of ctx if that has ended.
func (c *Client) Fetch(ctx context.Context, r *sdk.Request) (*sdk.Response, error) {
	q, err := newRequest(r)
	if err != nil {
		return nil, c.fail(r.URL, err)
	}
	answer, err := c.answer(ctx, q)
	if err != nil {
		return nil, c.fail(q.href, err)
	}
	return answer, nil
}

func (c *Client) fail(url string, err error) error {
	e := &Error{URL: c.cover.url(url), Err: err}
	e.text = "fetch " + e.URL + ": " + c.cover.line(err.Error())
	return e
}

func (c *Client) answer(ctx context.Context, r *request) (*sdk.Response, error) {
	ctx, done, err := c.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if c.tape == nil {
		return c.live(ctx, r, c.network.read)
	}
	if !c.online {
		return c.tape.play(ctx, r, nil)
	}
	return c.tape.play(ctx, r, func() (*sdk.Response, error) { return c.live(ctx, r, c.network.read) })
}

// Send makes a request for what it does at the other end. It is Fetch, but for this: no cassette
// is asked, and an answer is there with its headers, so that what its body is like, how long it is
// and how slowly it comes is no error. Up to [SendDrain] bytes of it are read, for the
// connection's sake; Body is nil.
func (c *Client) Send(ctx context.Context, r *sdk.Request) (*sdk.Response, error) {
	q, err := newRequest(r)
	if err != nil {
		return nil, c.fail(r.URL, err)
	}
	ctx, done, err := c.begin(ctx)
	if err != nil {
		return nil, c.fail(q.href, err)
	}
	defer done()
	answer, err := c.live(ctx, q, c.network.skim)
	if err != nil {
		return nil, c.fail(q.href, err)
	}
	return answer, nil
}

// begin ties ctx to the life of the Client.
func (c *Client) begin(ctx context.Context) (context.Context, func(), error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return nil, nil, ErrClosed
	}
	c.running.Add(1)
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(c.base, func() { cancel(ErrClosed) })
	return ctx, func() {
		stop()
		cancel(nil)
		c.running.Done()
	}, nil
}

// live asks the network, for as long as Options.Timeout says.
func (c *Client) live(ctx context.Context, r *request, read reader) (*sdk.Response, error) {
	if c.timeout > 0 {
		var cancel context.CancelFunc
		late := refuse(ErrTimeout, "got no whole answer in %v", c.timeout)
		ctx, cancel = context.WithTimeoutCause(ctx, c.timeout, late)
		defer cancel()
	}
	answer, err := c.network.exchange(ctx, r, read)
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return answer, err
}

// Counts returns what was done so far.
func (c *Client) Counts() Counts {
	var counts Counts
	if c.tape != nil {
		counts = c.tape.count()
	}
	counts.Sent = int(c.network.sent.Load())
	return counts
}

// Close ends the requests that are under way with [ErrClosed], closes all connections and writes
// the cassette if something was recorded; if not, its file is left alone. Close it when the
// workers are done. A second Close returns what the first did.
func (c *Client) Close() error { return c.finish() }

func (c *Client) end() error {
	c.mu.Lock()
	c.ended = true
	c.mu.Unlock()
	c.stop(ErrClosed)
	c.running.Wait()
	c.network.transport.CloseIdleConnections()
	if c.tape == nil {
		return nil
	}
	return c.tape.save(c.fs)
}
