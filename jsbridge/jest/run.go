package jest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/sdk"
)

// run is one file's tests being run.
type run struct {
	p     *Project
	file  string
	o     *Options
	emit  func(Test)
	realm *jsbridge.Realm
	vm    *goja.Runtime
	core  *goja.Object
	turns []goja.Callable // what waits for all promises to have settled
	began time.Time

	current   int             // number of the test that runs, -1 if none does
	exhausted map[int]Failure // of tests that exhausted the stack, by their numbers: they fail without being run
	emitted   int             // tests that have ended
	told      int             // those of them that an earlier run has emitted
}

func (p *Project) newRun(file string, o *Options, emit func(Test)) (*run, error) {
	if o == nil {
		o = &Options{}
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	meta, err := sdk.NewMeta(sdk.MetaConfig{Clock: now, Fetcher: offline{}})
	if err != nil {
		return nil, err
	}
	r := &run{p: p, file: file, o: o, emit: emit, realm: p.sources.NewRealm(meta), began: now(), current: -1, exhausted: map[int]Failure{}}
	r.vm = r.realm.Runtime()
	return r, nil
}

// offline answers fetch in tests that do not mock it.
type offline struct{}

// Fetch refuses.
func (offline) Fetch(context.Context, *sdk.Request) (*sdk.Response, error) {
	return nil, errors.New("tests open no connection: mock fetch, as in global.fetch = jest.fn()")
}

// defaultLimit is how long the tests of a file may take.
const defaultLimit = 60 * time.Second

// run runs the file's tests. One that exhausts the stack takes the engine with it, since scripts cannot catch that:
// then all begins anew, and that test fails without being run.
func (r *run) run(ctx context.Context) (Outcome, error) {
	limit := r.o.Limit
	if limit == 0 {
		limit = defaultLimit
	}
	timed, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("the tests of this file got no further in %v", limit))
	defer cancel()
	outcome, err := r.once(timed)
	var overflow *goja.StackOverflowError
	for errors.As(err, &overflow) && r.current >= 0 {
		if r, err = r.without(overflow); err != nil {
			return outcome, err
		}
		outcome, err = r.once(timed)
	}
	if ctx.Err() != nil {
		return outcome, context.Cause(ctx)
	}
	var system *systemError
	if errors.As(err, &system) {
		return outcome, system.error
	}
	if err != nil {
		outcome.Failures = append(outcome.Failures, r.describe(err))
	}
	return outcome, nil
}

// without is a run in which the test that runs now fails with an overflow.
func (r *run) without(overflow *goja.StackOverflowError) (*run, error) {
	next, err := r.p.newRun(r.file, r.o, r.emit)
	if err != nil {
		return nil, err
	}
	next.told, next.exhausted = max(r.told, r.emitted), r.exhausted
	next.exhausted[r.current] = r.explained(jsbridge.ExplainOverflow(overflow))
	return next, nil
}

// once is all, until ctx ends.
func (r *run) once(ctx context.Context) (Outcome, error) {
	release := context.AfterFunc(ctx, func() { r.realm.Interrupt(context.Cause(ctx)) })
	defer release()
	return r.all(ctx)
}

// systemError is an error that is no failure of a test.
type systemError struct{ error }

// all loads the file, runs what it defines and writes the snapshots.
func (r *run) all(ctx context.Context) (outcome Outcome, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("engine: %w", e)
		default:
			err = fmt.Errorf("engine: %v", e)
		}
	}()
	if err := r.prepare(); err != nil {
		return outcome, err
	}
	if err := r.load(ctx); err != nil {
		return outcome, err
	}
	start, _ := goja.AssertFunction(r.core.Get("run"))
	v, err := start(goja.Undefined())
	if err == nil {
		v, err = r.settle(ctx, v)
	}
	if err != nil {
		return outcome, err
	}
	result := v.ToObject(r.vm)
	for _, f := range r.list(result.Get("unhandled")) {
		outcome.Failures = append(outcome.Failures, failureOf(f))
	}
	outcome.Snapshots, err = r.writeSnapshots(result.Get("snapshots").ToObject(r.vm))
	return outcome, err
}

// prepare runs the runner's own scripts and defines the globals of tests.
func (r *run) prepare() error {
	r.core = r.vm.NewObject()
	if err := errors.Join(r.core.Set("native", r.natives()), r.core.Set("config", r.config())); err != nil {
		return err
	}
	for i, program := range compiled() {
		f, err := r.vm.RunProgram(program)
		if err != nil {
			return err
		}
		if order[i] == "circus" {
			r.call("installMatchers")
		}
		install, _ := goja.AssertFunction(f)
		if _, err := install(goja.Undefined(), r.core); err != nil {
			return fmt.Errorf("%s: %w", order[i], err)
		}
	}
	global := r.vm.GlobalObject()
	globals := r.core.Get("testGlobals").ToObject(r.vm)
	for _, name := range globals.Keys() {
		if err := global.Set(name, globals.Get(name)); err != nil {
			return err
		}
	}
	for name, v := range r.p.config.Globals {
		if err := global.Set(name, r.vm.ToValue(v)); err != nil {
			return err
		}
	}
	return nil
}

// call calls a function of the core that does not fail.
func (r *run) call(name string, args ...goja.Value) goja.Value {
	f, ok := goja.AssertFunction(r.core.Get(name))
	if !ok {
		panic("jest: no function " + name)
	}
	v, err := f(goja.Undefined(), args...)
	if err != nil {
		panic(err)
	}
	return v
}

// load runs the setup files and the file itself, which define the tests.
func (r *run) load(ctx context.Context) error {
	if r.p.config.FakeTimers.EnableGlobally {
		jest := r.core.Get("jest").ToObject(r.vm)
		fake, _ := goja.AssertFunction(jest.Get("useFakeTimers"))
		if _, err := fake(jest); err != nil {
			return err
		}
	}
	files := append(append([]string{}, r.p.config.SetupFiles...), r.p.config.SetupFilesAfterEnv...)
	for _, spec := range files {
		file, err := r.p.rootFile(spec)
		if err != nil {
			return fmt.Errorf("jest configuration: setup file %q: %w", spec, err)
		}
		if err := r.requireFile(ctx, file); err != nil {
			return err
		}
	}
	return r.requireFile(ctx, r.file)
}

func (r *run) requireFile(ctx context.Context, file string) error {
	require, _ := goja.AssertFunction(r.core.Get("requireFile"))
	_, err := require(goja.Undefined(), r.vm.ToValue(file))
	return err
}

// settle runs what waits until a promise is settled: promises first, then those who asked for a turn,
// then the timer that is due next.
func (r *run) settle(ctx context.Context, v goja.Value) (goja.Value, error) {
	p, ok := v.Export().(*goja.Promise)
	if !ok {
		return v, nil
	}
	for p.State() == goja.PromiseStatePending {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for _, reason := range r.realm.Unhandled() {
			r.call("fail", reason)
		}
		if len(r.turns) > 0 {
			next := r.turns[0]
			r.turns = r.turns[1:]
			if _, err := next(goja.Undefined()); err != nil {
				return nil, err
			}
			continue
		}
		if err := r.fire(); err != nil {
			return nil, err
		}
	}
	if p.State() == goja.PromiseStateRejected {
		return nil, &thrown{p.Result()}
	}
	return p.Result(), nil
}

// fire runs a timer. What it throws is a failure of the test that runs.
func (r *run) fire() error {
	ran, err := r.realm.Fire()
	var exception *goja.Exception
	switch {
	case errors.As(err, &exception):
		r.call("fail", exception.Value())
		return nil
	case err != nil:
		return err
	case !ran:
		return errors.New("the tests wait for something that can never happen")
	}
	return nil
}

// thrown is the reason of a rejected promise.
type thrown struct{ value goja.Value }

func (t *thrown) Error() string { return t.value.String() }

// describe makes a failure of an error that ended a file.
func (r *run) describe(err error) Failure {
	var exception *goja.Exception
	var rejected *thrown
	var load *sdk.LoadError
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	switch {
	case errors.As(err, &overflow):
		return r.explained(jsbridge.ExplainOverflow(overflow))
	case errors.As(err, &load):
		return r.loadFailure(load)
	case errors.As(err, &interrupted):
		return Failure{Message: fmt.Sprint(interrupted.Value())}
	case errors.As(err, &exception):
		if inner := errors.Unwrap(exception); inner != nil && errors.As(inner, &load) {
			return r.loadFailure(load)
		}
		return r.failure(exception.Value())
	case errors.As(err, &rejected):
		return r.failure(rejected.value)
	}
	return Failure{Message: err.Error()}
}

func (r *run) loadFailure(e *sdk.LoadError) Failure {
	f := Failure{Message: e.Err.Error(), File: e.File, Line: e.Line, Column: e.Column}
	text, err := fs.ReadFile(r.p.fsys, e.File)
	if err == nil && e.Line > 0 {
		f.Where = codeFrame(string(text), e.Line, e.Column)
	}
	f.Where = strings.TrimPrefix(f.Where+fmt.Sprintf("\n\n  at %s:%d:%d", e.File, e.Line, e.Column), "\n\n")
	return f
}

// list returns the elements of an array.
func (r *run) list(v goja.Value) []*goja.Object {
	var list []*goja.Object
	r.vm.ForOf(v, func(item goja.Value) bool {
		list = append(list, item.ToObject(r.vm))
		return true
	})
	return list
}

// snapshotFile is where the snapshots of a test file are kept.
func snapshotFile(file string) string {
	return path.Join(path.Dir(file), "__snapshots__", path.Base(file)+".snap")
}

// writeSnapshots writes what the tests left of their snapshots.
func (r *run) writeSnapshots(o *goja.Object) (Snapshots, error) {
	n := func(name string) int { return int(o.Get(name).ToInteger()) }
	s := Snapshots{n("added"), n("matched"), n("unmatched"), n("updated"), n("removed"), n("unchecked")}
	if r.o.ReadOnly && !r.o.Update {
		return s, nil
	}
	if err := r.writeInline(r.list(o.Get("inline"))); err != nil {
		return s, &systemError{err}
	}
	if !o.Get("dirty").ToBoolean() {
		return s, nil
	}
	name := filepath.Join(filepath.FromSlash(r.p.dir), filepath.FromSlash(snapshotFile(r.file)))
	text := o.Get("text").String()
	if text == "" {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return s, &systemError{err}
		}
		return s, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return s, &systemError{err}
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		return s, &systemError{err}
	}
	return s, nil
}
