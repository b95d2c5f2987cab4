package isolate

import "strings"

// Death says how a process ended.
type Death struct {
	OutOfMemory bool   // beyond its limit
	Killed      bool   // by somebody else: the system, when it has no memory, or a person
	Cause       string // one line
}

// outOfMemory are words of the Go runtime when the kernel gives it no memory. In some places it does
// not look whether it got any.
var outOfMemory = []string{
	"out of memory", "cannot allocate memory", "cannot map pages", "failed to create new OS thread",
	"pthread_create failed", "segmentation violation",
}

// death makes sense of what a process said and how it ended.
func death(said, ended string) Death {
	byPlugin := strings.HasPrefix(said, "panic: ")
	for _, words := range outOfMemory {
		if !byPlugin && strings.Contains(said, words) {
			return Death{OutOfMemory: true, Cause: "out of memory"}
		}
	}
	if said != "" {
		return Death{Cause: said}
	}
	return Death{Cause: ended, Killed: ended == "signal: killed"}
}
