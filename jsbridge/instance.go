package jsbridge

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/modules"
	"github.com/plugreel/plugreel/sdk"
)

// callStackSize is the number of JavaScript frames after which a RangeError ends a call.
const callStackSize = 1000

// instance is one running copy of a plugin: a runtime of its own, used by one goroutine at a
// time.
type instance struct {
	p       *program
	vm      *goja.Runtime
	meta    *sdk.PluginMeta
	metaObj *goja.Object
	exports exports
	loaded  map[string]*goja.Object // module objects by file name or built-in name
	call    uint64                  // number of the hook call that is running
	args    [2]goja.Value           // of the call in progress
	scratch []byte
	names   names
	printed []byte // memory for JSON.stringify
	library *modules.Library
	timers  timers
	rejects rejections
	twins   twins

	stringify goja.Callable // JSON.stringify as it was before the plugin ran
	date      *goja.Object  // Date, likewise
	settled   goja.Value    // the promise of what comes to undefined: console methods, writing to storage

	mu   sync.Mutex
	dead error // why the instance must not be used any more
}

// instance makes a runtime and runs the plugin's modules in it.
func (p *program) instance(ctx context.Context, meta *sdk.PluginMeta) (*instance, error) {
	in := &instance{p: p, vm: goja.New(), meta: meta, loaded: map[string]*goja.Object{}}
	in.start()
	stop := in.limit(ctx, p.loadTimeout)
	err := in.runEntry()
	if cause := stop(); cause != nil {
		return nil, &sdk.LoadError{File: p.entry.name, Err: cause}
	}
	if err != nil {
		return nil, err
	}
	in.exports.find(in)
	return in, nil
}

// start makes the runtime ready for scripts.
func (in *instance) start() {
	in.vm.SetMaxCallStackSize(callStackSize)
	in.vm.SetTimeSource(in.now)
	in.vm.SetRandSource(func() float64 { return float64(in.meta.Random()>>11) / (1 << 53) })
	in.prepare()
}

// limit interrupts the runtime when ctx ends or d has passed, until the returned function is
// called, which says whether that happened.
func (in *instance) limit(ctx context.Context, d time.Duration) (stop func() error) {
	ctx, cancel := context.WithTimeoutCause(ctx, d, fmt.Errorf("top-level code: %w of %v", sdk.ErrTimeout, d))
	release := context.AfterFunc(ctx, func() { in.vm.Interrupt(context.Cause(ctx)) })
	return func() error {
		defer cancel()
		if release() {
			return nil
		}
		return context.Cause(ctx)
	}
}

// stop breaks off the call that is running; it is called from another goroutine.
func (in *instance) stop(cause error) {
	in.mu.Lock()
	in.dead = cause
	in.mu.Unlock()
	in.vm.Interrupt(cause)
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

func (in *instance) kill(cause error) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.dead == nil {
		in.dead = cause
	}
	return deadError{in.dead}
}

// deadError is the cause of an instance's death.
type deadError struct{ cause error }

func (e deadError) Error() string        { return e.cause.Error() }
func (e deadError) Unwrap() error        { return e.cause }
func (e deadError) Is(target error) bool { return target == sdk.ErrInstanceDead }

// prepare fills the global object.
func (in *instance) prepare() {
	vm := in.vm
	global := vm.GlobalObject()
	in.stringify, _ = goja.AssertFunction(global.Get("JSON").ToObject(vm).Get("stringify"))
	in.date = global.Get("Date").ToObject(vm)
	promise, resolve, _ := vm.NewPromise()
	if err := resolve(goja.Undefined()); err != nil {
		panic(err) // resolving a promise with undefined runs no plugin code
	}
	in.settled = vm.ToValue(promise)
	vm.SetPromiseRejectionTracker(in.rejects.track)
	in.metaObj = vm.NewObject()
	in.twins = twins{in: in, of: map[*goja.Object]*twin{}, stores: map[*goja.Object]*directly{}}
	for _, m := range []struct {
		name  string
		value goja.Value
	}{
		{"config", in.decode(in.meta.Config.Get())},
		{"global", vm.NewObject()},
		{"attachments", in.attachments()},
	} {
		define(in.metaObj, m.name, m.value)
	}
	in.services(in.metaObj)
	for name, value := range map[string]goja.Value{
		"global":  global,
		"console": in.console(),
		"posthog": in.posthog(),
	} {
		hide(global, name, value)
	}
	in.timers.install(in)
	in.installShims()
	in.library = modules.New(libraryHost{in})
	in.library.Install()
}

// define makes an ordinary property, whatever the object's prototype says.
func define(o *goja.Object, name string, value goja.Value) {
	must(o.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
}

// hide makes a property that enumerations do not show, as built-in ones are.
func hide(o *goja.Object, name string, value goja.Value) {
	must(o.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// must panics on an error that only a mistake in this package can cause.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// now is the clock that the plugin sees.
func (in *instance) now() time.Time { return in.meta.Now().Add(in.timers.skipped) }

// invoke calls a function of the plugin with up to two arguments.
func (in *instance) invoke(f goja.Callable, args ...goja.Value) (result goja.Value, err error) {
	if err := in.alive(); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			err = in.kill(fmt.Errorf("engine: %v", r))
		}
	}()
	result, err = f(goja.Undefined(), args...)
	if err == nil {
		result, err = in.settle(result)
	}
	return result, in.scriptError(err)
}

// scriptError turns what goja reports into errors of the kinds that hosts know.
func (in *instance) scriptError(err error) error {
	if err == nil {
		return nil
	}
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		cause, ok := interrupted.Value().(error)
		if !ok {
			cause = sdk.ErrTimeout
		}
		return in.kill(cause)
	}
	var never *neverError
	if errors.As(err, &never) {
		return in.kill(err)
	}
	described := in.describeError(err)
	if dead := in.alive(); dead != nil { // stopped in what shows the error
		return dead
	}
	return described
}
