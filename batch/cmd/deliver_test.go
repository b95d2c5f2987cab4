package cmd

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/journal"
)

// receiver is a server of a script, with what it has received.
type receiver struct {
	mu    sync.Mutex
	lines []string
	keys  map[string]bool
}

// serve ENV starts a server on loopback and puts its address into a variable. It answers /gone with
// 404, redirects /inside to a cloud's metadata, and accepts everything else.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	r := &receiver{keys: map[string]bool{}}
	s := httptest.NewServer(r)
	ts.Defer(s.Close)
	ts.Setenv(args[0], s.Listener.Addr().String())
	servers.Store(ts.Getenv("WORK"), r)
	ts.Defer(func() { servers.Delete(ts.Getenv("WORK")) })
}

// servers are those of the scripts that run, by their working directory.
var servers sync.Map

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, fmt.Sprintf("%s %s %s %s\n", q.Method, q.URL, q.Header.Get("Content-Type"), body))
	r.keys[q.Header.Get("Idempotency-Key")] = true
	switch q.URL.Path {
	case "/gone":
		w.WriteHeader(http.StatusNotFound)
	case "/inside":
		http.Redirect(w, q, "http://169.254.169.254/latest/", http.StatusMovedPermanently)
	}
}

// received FILE writes what the server has received since it was last asked, sorted, and at the end
// how many keys that had in all.
func received(ts *testscript.TestScript, _ bool, args []string) {
	v, ok := servers.Load(ts.Getenv("WORK"))
	if !ok {
		ts.Fatalf("received: no server")
	}
	r := v.(*receiver)
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.Sort(r.lines)
	text := strings.Join(r.lines, "") + fmt.Sprintf("%d keys\n", len(r.keys))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
	r.lines = nil
}

// TestKilledWhileDelivering kills a replay in the middle of its webhooks: all but those in flight
// are known to have arrived.
func TestKilledWhileDelivering(t *testing.T) {
	dir := t.TempDir()
	var mu sync.Mutex
	got := map[string]bool{}
	enough := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		got[q.Header.Get("Idempotency-Key")] = true
		if len(got) == 300 {
			close(enough)
		}
	}))
	defer server.Close()
	for name, text := range map[string]string{
		"p/index.js":    `export function composeWebhook(event) { return { url: "` + server.URL + `", body: event.event } }`,
		"p/plugin.json": `{"name":"hook"}`,
		"events.ndjson": strings.Repeat("{\"event\":\"a\"}\n", 5000),
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	program, err := exec.LookPath("plugreel")
	require.NoError(t, err, "testscript.Main puts it into PATH")
	cmd := exec.Command(program, "replay", "-p", "./p", "events.ndjson", "-o", "out.ndjson", "--deliver", "--deliver-rate", "0", "--allow-net", server.Listener.Addr().String())
	cmd.Dir = dir
	require.NoError(t, cmd.Start())
	<-enough
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	server.Close() // no more requests
	f, err := os.OpenFile(filepath.Join(dir, "out.ndjson.plugreel", "delivered"), os.O_RDWR, 0)
	require.NoError(t, err)
	arrived, err := journal.Open(f)
	require.NoError(t, err)
	defer arrived.Close()
	lost := 0
	for key := range got {
		if _, ok := arrived.Delivered(key); !ok {
			lost++
		}
	}
	assert.GreaterOrEqual(t, len(got), 300)
	assert.LessOrEqual(t, lost, batch.MaxInFlight)
}
