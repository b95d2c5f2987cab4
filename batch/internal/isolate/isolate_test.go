package isolate

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// TestMain is the child as well: it does what its only argument says.
func TestMain(m *testing.M) {
	if os.Getenv("ISOLATE_TEST") == "" {
		goleak.VerifyTestMain(m)
		return
	}
	conn, page, err := Child()
	if err != nil {
		os.Exit(9)
	}
	switch os.Args[1] {
	case "echo":
		echo(conn, page)
	case "panic":
		panic("out of memory, says a plugin")
	case "exit":
		os.Exit(4)
	case "env":
		_ = conn.Send(1, 0, []byte(os.Getenv("ISOLATE_SECRET")))
	}
	_, _ = conn.Receive()
}

// echo sends frames back, and puts what is on the desk into the journal.
func echo(conn *Conn, page *Page) {
	for {
		f, err := conn.Receive()
		if err != nil {
			os.Exit(0)
		}
		page.Enter(int(f.Number), 3)
		page.Commit(append(page.Room(), page.Work(5)...))
		if conn.Send(f.Kind, f.Number+1, f.Body) != nil {
			os.Exit(0)
		}
	}
}

func start(t *testing.T, what string) *Process {
	t.Helper()
	if !Supported {
		t.Skip("not on " + runtime.GOOS)
	}
	t.Setenv("ISOLATE_SECRET", "s3cret")
	p, err := Start("ISOLATE_TEST=1", what)
	require.NoError(t, err)
	t.Cleanup(func() {
		p.Kill()
		p.Wait()
		p.Free()
	})
	return p
}

func TestProcess(t *testing.T) {
	p := start(t, "echo")
	large := bytes.Repeat([]byte("0123456789"), 1<<20)
	for i, body := range [][]byte{nil, []byte("small"), large} {
		p.Page.Clear()
		require.True(t, p.Page.Put([]byte("hello")))
		require.NoError(t, p.Send(7, uint32(i), body))
		f, err := p.Receive()
		require.NoError(t, err)
		assert.Equal(t, byte(7), f.Kind)
		assert.EqualValues(t, i+1, f.Number)
		assert.True(t, bytes.Equal(body, f.Body))
		assert.Equal(t, Call{Plugin: i, Hook: 3, Made: true}, p.Page.Call())
		assert.Equal(t, "hello", string(p.Page.Journal()))
	}
	p.Kill()
	_, err := p.Receive()
	assert.Error(t, err)
	assert.Equal(t, "hello", string(p.Page.Journal()), "the page outlives the child")
	assert.Equal(t, Death{Cause: "killed"}, p.Wait())
}

func TestDeaths(t *testing.T) {
	for what, want := range map[string]Death{
		"exit":  {Cause: "exit status 4"},
		"panic": {Cause: "panic: out of memory, says a plugin"},
	} {
		p := start(t, what)
		_, err := p.Receive()
		assert.Equal(t, io.EOF, err)
		assert.Equal(t, want, p.Wait())
	}
}

func TestEnvironmentStaysHere(t *testing.T) {
	f, err := start(t, "env").Receive()
	require.NoError(t, err)
	assert.Empty(t, f.Body)
}

func TestDeath(t *testing.T) {
	for said, want := range map[string]Death{
		"fatal error: runtime: out of memory\n\nstack":                                           {OutOfMemory: true, Cause: "out of memory"},
		"runtime/cgo: pthread_create failed: Resource temporarily unavailable\nSIGABRT: abort\n": {OutOfMemory: true, Cause: "out of memory"},
		"SIGSEGV: segmentation violation\nPC=0":                                                  {OutOfMemory: true, Cause: "out of memory"},
		"runtime: goroutine stack exceeds\nfatal error: stack overflow\n":                        {Cause: "stack overflow"},
		"chatter\npanic: segmentation violation\n":                                               {Cause: "panic: segmentation violation"},
		"chatter": {Cause: "signal: killed", Killed: true},
	} {
		var s stderr
		_, _ = s.Write([]byte(said))
		assert.Equal(t, want, death(s.cause(), "signal: killed"), said)
	}
	var s stderr
	n, err := s.Write(make([]byte, 5*maxStderr))
	assert.Equal(t, 5*maxStderr, n)
	assert.NoError(t, err)
	_, _ = s.Write([]byte("more"))
	assert.Len(t, s.text, maxStderr)
}

func newTestPage() *Page { return newPage(make([]byte, PageSize)) }

func TestPage(t *testing.T) {
	p := newTestPage()
	assert.False(t, p.Call().Made)
	p.Enter(65_000, 8)
	word := p.Word()
	p.Enter(65_000, 8)
	assert.NotEqual(t, word, p.Word(), "another call")
	assert.Equal(t, Call{Plugin: 65_000, Hook: 8, Made: true}, p.Call())
	p.Begin()
	assert.False(t, p.Call().Made)

	assert.False(t, p.Put(make([]byte, deskSize+1)))
	assert.True(t, p.Put(make([]byte, deskSize)))
	assert.Len(t, p.Work(1<<30), deskSize, "no more than there is")

	assert.True(t, p.Commit(append(p.Room(), make([]byte, 3<<20)...)))
	assert.False(t, p.Commit(append(p.Room(), make([]byte, 2<<20)...)))
	assert.Len(t, p.Journal(), 3<<20)
	assert.True(t, p.Commit(append(p.Room(), make([]byte, 1<<20)...)), "the last byte")
	assert.False(t, p.Commit(append(p.Room(), 1)))
	p.head.length.Store(1 << 60)
	assert.Len(t, p.Journal(), 4<<20, "whatever the child says")
	p.Clear()
	assert.Empty(t, p.Journal())
}

func TestCodec(t *testing.T) {
	text := AppendBool(AppendBytes(AppendInt(nil, -5), "five"), true)
	d := NewDecoder(text)
	assert.EqualValues(t, -5, d.Int())
	assert.Equal(t, "five", d.Text())
	assert.True(t, d.Bool())
	assert.False(t, d.More())
	require.NoError(t, d.Err())

	for n := range text {
		d := NewDecoder(text[:n])
		d.Int()
		_ = d.Text()
		d.Bool()
		assert.Equal(t, ErrMalformed, d.Err(), n)
	}
	d = NewDecoder(AppendInt(nil, 5))
	assert.Zero(t, d.Below(5))
	assert.Equal(t, ErrMalformed, d.Err())
}

func TestFramesOfStrangers(t *testing.T) {
	for _, text := range [][]byte{
		{0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0},
		{0xff, 0xff, 0xff, 0x3f, 1, 0, 0, 0, 0, 'x'},
		{5},
	} {
		c := NewConn(io.NopCloser(bytes.NewReader(text)), nil)
		_, err := c.Receive()
		assert.Error(t, err)
	}
}

func FuzzDecoder(f *testing.F) {
	f.Add(AppendBytes(AppendInt(nil, 7), "x"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d := NewDecoder(text)
		for d.More() {
			d.Int()
			assert.LessOrEqual(t, len(d.Bytes()), len(text))
			d.Below(9)
			d.Bool()
		}
	})
}
