package cmd

import "time"

// pace holds the flags that say how much of the inputs a command takes through chains, and how fast.
type pace struct {
	workers  int
	timeout  time.Duration
	limit    int64
	progress string
}

// check refuses values that make no sense. args are the inputs.
func (p *pace) check(args []string) error {
	switch {
	case len(args) == 0:
		return usagef("input: got none, want files, directories, patterns or - for standard input")
	case p.progress != "auto" && p.progress != "off":
		return usagef("--progress: got %q, want auto or off", p.progress)
	case p.workers < 0:
		return usagef("--workers: got %d, want 1 or more", p.workers)
	case p.limit < 0:
		return usagef("--limit: got %d, want 0 or more", p.limit)
	case p.timeout < 0:
		return usagef("--timeout: got %v, want 0 or more", p.timeout)
	}
	return nil
}
