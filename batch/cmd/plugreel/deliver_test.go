package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
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
