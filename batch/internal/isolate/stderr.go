package isolate

import (
	"strings"
	"sync"
)

// maxStderr is how much of what a child says on its standard error is kept, in bytes.
const maxStderr = 16 << 10

// stderr keeps the beginning of what is written to it.
type stderr struct {
	mu   sync.Mutex
	text []byte
}

// Write never fails: a child must not wait because nobody listens.
func (s *stderr) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = append(s.text, p[:min(len(p), maxStderr-len(s.text))]...)
	return len(p), nil
}

// causes are how the lines begin that say why a Go program crashed, and what of them is no news.
var causes = []struct{ begins, cut string }{
	{"fatal error: ", "fatal error: "},
	{"panic: ", ""},
	{"runtime: out of memory", ""},
	{"runtime/cgo: ", "runtime/cgo: "},
	{"SIG", ""},
}

// cause finds the line that says why a Go program crashed.
func (s *stderr) cause() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(string(s.text)) {
		for _, c := range causes {
			if strings.HasPrefix(line, c.begins) {
				return strings.TrimSpace(strings.TrimPrefix(line, c.cut))
			}
		}
	}
	return ""
}
