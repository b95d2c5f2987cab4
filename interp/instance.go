package interp

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/plugreel/plugreel/interp/internal/engine"
	"github.com/plugreel/plugreel/interp/internal/rt"
	"github.com/plugreel/plugreel/sdk"
)

// instance is one running copy of a plugin: an interpreter of its own, used by one goroutine at a
// time.
type instance struct {
	p       *program
	machine *engine.Machine
	own     sdk.Hooks // as the plugin's package has them
	meta    *sdk.PluginMeta
	line    strings.Builder  // printed and not yet logged: it has no end yet
	hook    string           // that is running
	event   *sdk.PluginEvent // that it was given

	mu   sync.Mutex
	dead error // why the instance must not be used any more
}

// start makes an interpreter and runs the plugin's initialisation in it.
func (p *program) start(ctx context.Context, meta *sdk.PluginMeta) (*instance, error) {
	in := &instance{p: p, meta: meta}
	machine, err := p.unit.Start(ctx, rt.Host{
		Print: in.print,
		Err:   in.print,
		Now:   meta.Now,
		Seed:  in.seed,
	}, p.loadTimeout)
	in.flush()
	if err != nil {
		return nil, loadError(err)
	}
	in.machine, in.own = machine, exported(machine)
	return in, nil
}

// loadError gives a failure of the initialisation its place.
func loadError(err error) error {
	var p *engine.PanicError
	if errors.As(err, &p) {
		return &sdk.LoadError{File: p.At.Filename, Line: p.At.Line, Err: newPanicError(p)}
	}
	return err
}

// print logs what the plugin prints, a message for each line.
func (in *instance) print(text string) {
	for {
		line, rest, ok := strings.Cut(text, "\n")
		in.line.WriteString(line)
		if !ok {
			return
		}
		in.meta.Logger.Write(sdk.LevelLog, in.line.String())
		in.line.Reset()
		text = rest
	}
}

// flush logs a line without an end.
func (in *instance) flush() {
	if in.line.Len() > 0 {
		in.meta.Logger.Write(sdk.LevelLog, in.line.String())
		in.line.Reset()
	}
}

// seed begins the random numbers of a call.
func (in *instance) seed() uint64 { return in.meta.Random() }

// call runs a hook. Its panics are errors; if it was stopped, what it did means nothing.
func (in *instance) call(hook string, e *sdk.PluginEvent, f func() error) (err error) {
	if err := in.alive(); err != nil {
		return err
	}
	in.hook, in.event = hook, e
	in.machine.Begin()
	defer func() {
		if v := recover(); v != nil {
			err = newPanicError(in.machine.Panicked(v))
		}
		in.machine.Collect()
		in.event = nil
		in.flush()
		if dead := in.alive(); dead != nil {
			err = dead
		}
	}()
	err = snapshot(f())
	if p := in.machine.Overflow(); p != nil {
		return newPanicError(p)
	}
	return err
}

// snapshot keeps the text of an error, because that of a plugin's own type runs the plugin.
func snapshot(err error) error {
	if err == nil {
		return nil
	}
	return returnedError{text: err.Error(), err: err}
}

// returnedError is an error that a hook returned.
type returnedError struct {
	text string
	err  error
}

func (e returnedError) Error() string { return e.text }
func (e returnedError) Unwrap() error { return e.err }

// stop breaks off the call that is running; it is called from another goroutine.
func (in *instance) stop(cause error) {
	in.kill(cause)
	in.machine.Stop()
}

// alive returns an error that matches [sdk.ErrInstanceDead] once the instance was stopped.
func (in *instance) alive() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.dead != nil {
		return deadError{in.dead}
	}
	return nil
}

func (in *instance) kill(cause error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.dead == nil {
		in.dead = cause
	}
}

// close lets the plugin close what it has, then ends the interpreter.
func (in *instance) close() error {
	var err error
	if in.own.Close != nil && in.alive() == nil {
		err = in.call("Close", nil, in.own.Close)
	}
	in.end()
	return err
}

// end ends the interpreter.
func (in *instance) end() {
	in.kill(errors.New("instance is closed"))
	in.machine.Close()
}

// deadError is the cause of an instance's death.
type deadError struct{ cause error }

func (e deadError) Error() string        { return e.cause.Error() }
func (e deadError) Unwrap() error        { return e.cause }
func (e deadError) Is(target error) bool { return target == sdk.ErrInstanceDead }
