package fetch_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/sdk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a network without sockets: names, their addresses, and servers at addresses.
type world struct {
	mu      sync.Mutex
	names   map[string][]string // name -> comma-separated addresses, one element per lookup, the last for ever
	servers map[string]http.HandlerFunc
	dialled []string
	open    sync.WaitGroup
	atEnd   sync.Once
}

func (w *world) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	answers, ok := w.names[host]
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(answers) > 1 {
		w.names[host] = answers[1:]
	}
	var addrs []netip.Addr
	for text := range strings.SplitSeq(answers[0], ",") {
		if text != "" {
			addrs = append(addrs, netip.MustParseAddr(text))
		}
	}
	return addrs, nil
}

func (w *world) dial(_ context.Context, network, address string) (net.Conn, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dialled = append(w.dialled, address)
	handler := w.servers[address]
	if handler == nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
	}
	here, there := net.Pipe()
	w.open.Add(1)
	server := &http.Server{Handler: handler}
	go func() {
		defer w.open.Done()
		l := &oneConn{conn: there, closed: make(chan struct{})}
		server.ConnState = func(_ net.Conn, s http.ConnState) {
			if s == http.StateClosed || s == http.StateHijacked {
				l.Close()
			}
		}
		server.Serve(l)
	}()
	return here, nil
}

// oneConn is a listener that has one connection to offer.
type oneConn struct {
	conn   net.Conn
	once   sync.Once
	gone   sync.Once
	closed chan struct{}
}

func (l *oneConn) Accept() (conn net.Conn, err error) {
	l.once.Do(func() { conn = l.conn })
	if conn != nil {
		return conn, nil
	}
	<-l.closed
	return nil, io.EOF
}

func (l *oneConn) Close() error {
	l.gone.Do(func() { close(l.closed) })
	return nil
}

func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }

// options are those of a client in this world.
func (w *world) options(allow ...string) fetch.Options {
	return fetch.Options{Allow: allow, Resolver: w, Dial: w.dial}
}

// client returns a client that is closed at the end of the test, as its servers are.
func (w *world) client(t *testing.T, o fetch.Options) *fetch.Client {
	t.Helper()
	c, err := fetch.New(o)
	require.NoError(t, err)
	w.atEnd.Do(func() { t.Cleanup(w.open.Wait) })
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// public is an address of the internet.
const public = "93.184.216.34"

// site is a world in which example.org is at a public address.
func site(handler http.HandlerFunc) *world {
	return &world{names: map[string][]string{"example.org": {public}}, servers: map[string]http.HandlerFunc{public + ":80": handler}}
}

func say(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

func get(c *fetch.Client, url string) (*sdk.Response, error) {
	return c.Fetch(context.Background(), &sdk.Request{URL: url})
}

// memFS keeps files in memory.
type memFS struct {
	files  map[string]string
	writes int
	fail   error
}

func (m *memFS) ReadFile(name string) ([]byte, error) {
	text, ok := m.files[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return []byte(text), nil
}

func (m *memFS) WriteFile(name string, data []byte) error {
	if m.fail != nil {
		return m.fail
	}
	m.files[name] = string(data)
	m.writes++
	return nil
}

func disk(files ...string) *memFS {
	m := &memFS{files: map[string]string{}}
	for i := 0; i < len(files); i += 2 {
		m.files[files[i]] = files[i+1]
	}
	return m
}

// hide covers the texts in which a secret of a test stands.
func hide(secrets ...string) func(string) string {
	return func(text string) string {
		for _, s := range secrets {
			text = strings.ReplaceAll(text, s, "[secret]")
		}
		return text
	}
}

func header(a *sdk.Response, name string) string {
	for _, h := range a.Headers {
		if h[0] == name {
			return h[1]
		}
	}
	return fmt.Sprintf("no %s", name)
}

func request(url string, headers ...string) *sdk.Request {
	r := &sdk.Request{URL: url}
	for i := 0; i < len(headers); i += 2 {
		r.Headers = append(r.Headers, [2]string{headers[i], headers[i+1]})
	}
	return r
}
