//go:build !linux

package isolate

import (
	"errors"
	"runtime"
)

// Supported says whether worker processes can be had on this system.
const Supported = false

var errUnsupported = errors.New("worker processes: got " + runtime.GOOS + ", want linux")

// Process is a child, as its parent sees it.
type Process struct {
	*Conn
	Page *Page
}

// Start always fails.
func Start(string, ...string) (*Process, error) { return nil, errUnsupported }

// Kill does nothing.
func (p *Process) Kill() {}

// Wait does nothing.
func (p *Process) Wait() Death { return Death{} }

// Free does nothing.
func (p *Process) Free() {}

// Child always fails.
func Child() (*Conn, *Page, error) { return nil, nil, errUnsupported }

// Limit always fails.
func Limit(int64) error { return errUnsupported }
