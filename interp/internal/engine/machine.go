package engine

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"sync"
	"time"

	yaegi "github.com/traefik/yaegi/interp"

	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/interp/internal/rt"
	"github.com/plugreel/plugreel/sdk"
)

// Machine is one interpreter with the program in it, ready to be called.
type Machine struct {
	unit   *Unit
	rt     *rt.Runtime
	hits   []int // of the unit's counted places, since Collect
	frames *frameLog
	cancel context.CancelFunc
	done   chan struct{} // closed when the interpreter has ended
	close  chan struct{} // closed to let it end
	once   sync.Once
	err    error // why it ended; valid when done is closed
}

// errEnded is the end of a program that did not wait to be called.
var errEnded = errors.New("program ended")

// Start makes an interpreter and runs the program's initialisation. It ends with ctx.
func (u *Unit) Start(ctx context.Context, host rt.Host, limit time.Duration) (*Machine, error) {
	ctx, release := context.WithTimeoutCause(ctx, limit, fmt.Errorf("top-level code: %w of %v", sdk.ErrTimeout, limit))
	defer release()
	run, cancel := context.WithCancel(context.Background())
	m := &Machine{unit: u, frames: &frameLog{}, cancel: cancel, done: make(chan struct{}), close: make(chan struct{})}
	m.hits = u.counted.hits()
	host.Hits = m.hits
	ready := make(chan struct{})
	host.Live = func() bool { return run.Err() == nil }
	host.Serve = func(*rt.Runtime) {
		close(ready)
		<-m.close
	}
	m.rt = rt.New(u.shared, host)
	go m.interpret(run)
	select {
	case <-ready:
		m.Collect()
		return m, nil
	case <-m.done:
		cancel()
		m.Collect()
		return m, m.err
	case <-ctx.Done():
		m.Stop()
		return m, &sdk.LoadError{Err: context.Cause(ctx)} // it may still be running: its line is not ours to read
	}
}

// interpret runs the program until it is closed or stopped.
func (m *Machine) interpret(ctx context.Context) {
	defer close(m.done)
	i := yaegi.New(yaegi.Options{
		Stdout: discard{}, Stderr: m.frames, Stdin: strings.NewReader(""), Args: []string{"plugin"}, Env: []string{},
		SourcecodeFilesystem: noFiles,
	})
	if err := i.Use(m.symbols()); err != nil {
		m.err = &sdk.LoadError{Err: fmt.Errorf("engine: %w", err)}
		return
	}
	_, err := i.EvalWithContext(ctx, m.unit.lowered.Text)
	m.err = m.describe(err)
	m.release() // not earlier: a program that ends by itself is not stopped
}

var noFiles fs.FS = embed.FS{}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// describe says why the program ended by itself.
func (m *Machine) describe(err error) error {
	var p yaegi.Panic
	switch {
	case err == nil:
		return errEnded
	case errors.As(err, &p):
		return m.Panicked(p.Value)
	}
	return &sdk.LoadError{Err: fmt.Errorf("engine: the interpreter refuses the lowered program: %w", err)}
}

// symbols are what the lowered program can reach.
func (m *Machine) symbols() yaegi.Exports {
	exports := yaegi.Exports{"plugreel/rt/rt": m.rt.Symbols(), "plugreel/types/types": structSymbols(m.unit.lowered)}
	for _, importPath := range m.unit.lowered.Imports {
		table := map[string]reflect.Value{}
		for name, v := range m.unit.tables(importPath) {
			if !strings.HasPrefix(name, "_") {
				table[name] = v
			}
		}
		for name, v := range m.rt.Table(importPath) {
			table[name] = symbol(v)
		}
		exports[lower.HostPrefix+importPath+"/"+path.Base(importPath)] = table
	}
	return exports
}

// symbol is a replaced symbol; variables come as settable values.
func symbol(v any) reflect.Value {
	if rv, ok := v.(reflect.Value); ok {
		return rv
	}
	return reflect.ValueOf(v)
}

func structSymbols(o *lower.Output) map[string]reflect.Value {
	table := map[string]reflect.Value{}
	for name, t := range o.Structs {
		table[name] = reflect.Zero(reflect.PointerTo(t))
	}
	return table
}

// Export returns a function or variable that the program exports.
func (m *Machine) Export(name string) any { return m.rt.Export(name) }

// Begin prepares for a call.
func (m *Machine) Begin() {
	m.frames.reset()
	m.rt.BeginCall()
}

// Collect hands on what was counted since the last time. Nothing may be running.
func (m *Machine) Collect() { m.unit.counted.collect(m.hits) }

// Overflow is the panic of calls that were nested too deeply since Begin and that somebody caught,
// nil if there were none.
func (m *Machine) Overflow() *PanicError {
	if !m.rt.Overflowed() {
		return nil
	}
	return m.Panicked(rt.Overflow{})
}

// Stop ends what is running, from another goroutine, and does not wait. What was called returns at
// its next step, with zero values that mean nothing; the machine cannot be used again.
func (m *Machine) Stop() { m.cancel() }

// release lets the program end.
func (m *Machine) release() { m.once.Do(func() { close(m.close) }) }

// Close ends the interpreter and waits until it has ended.
func (m *Machine) Close() {
	m.release()
	<-m.done
	m.cancel()
}
