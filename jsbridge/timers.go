package jsbridge

import (
	"time"

	"github.com/dop251/goja"
)

// timers runs setTimeout and its like without waiting: when nothing else is left to do in a call,
// the plugin's clock jumps to the next timer. Timers that are still set when a call has settled
// are dropped, so that no event's outcome depends on another's.
type timers struct {
	next    int64
	queue   []timer
	skipped time.Duration // by which the clock was moved on in this call
}

type timer struct {
	id    int64
	due   time.Duration // on the scale of skipped
	every time.Duration // 0 for once
	f     goja.Callable
	args  []goja.Value
}

// maxTimerRuns bounds how many timers one call may run, so that an interval which nobody clears
// ends as a promise that never settles.
const maxTimerRuns = 100_000

func (t *timers) reset() {
	t.queue, t.skipped, t.next = t.queue[:0], 0, 0
}

// install defines the timer functions.
func (t *timers) install(in *instance) {
	global := in.vm.GlobalObject()
	set := func(repeat bool) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			delay := time.Duration(max(1, call.Argument(1).ToInteger())) * time.Millisecond
			return t.set(in, call, delay, repeat, 2)
		}
	}
	clear := func(call goja.FunctionCall) goja.Value {
		t.clear(call.Argument(0).ToInteger())
		return goja.Undefined()
	}
	for name, f := range map[string]func(goja.FunctionCall) goja.Value{
		"setTimeout":     set(false),
		"setInterval":    set(true),
		"setImmediate":   func(call goja.FunctionCall) goja.Value { return t.set(in, call, 0, false, 1) },
		"clearTimeout":   clear,
		"clearInterval":  clear,
		"clearImmediate": clear,
		"queueMicrotask": in.queueMicrotask,
	} {
		hide(global, name, in.vm.ToValue(f))
	}
}

func (in *instance) queueMicrotask(call goja.FunctionCall) goja.Value {
	if _, ok := goja.AssertFunction(call.Argument(0)); !ok {
		panic(in.vm.NewTypeError("queueMicrotask: the argument is not a function"))
	}
	wrap, _ := goja.AssertFunction(try(in.vm.RunProgram(microtask)))
	job := try(wrap(goja.Undefined(), call.Argument(0)))
	settled := in.settled.ToObject(in.vm)
	then, _ := goja.AssertFunction(settled.Get("then"))
	try(then(settled, job))
	return goja.Undefined()
}

// microtask makes the job of a function: one in JavaScript, because the engine would run the jobs that a
// function queues which is called from Go before those that are queued already.
var microtask = goja.MustCompile("plugreel:microtask", "(f) => () => { f() }", true)

func (t *timers) set(in *instance, call goja.FunctionCall, delay time.Duration, repeat bool, skip int) goja.Value {
	f, ok := goja.AssertFunction(call.Argument(0))
	if !ok {
		panic(in.vm.NewTypeError("the callback of a timer must be a function"))
	}
	t.next++
	set := timer{id: t.next, due: t.skipped + delay, f: f}
	if repeat {
		set.every = delay
	}
	if len(call.Arguments) > skip {
		set.args = append(set.args, call.Arguments[skip:]...)
	}
	t.queue = append(t.queue, set)
	return in.vm.ToValue(set.id)
}

func (t *timers) clear(id int64) {
	for i := range t.queue {
		if t.queue[i].id == id {
			t.queue = append(t.queue[:i], t.queue[i+1:]...)
			return
		}
	}
}

// fire runs the timer that is due first, in the order in which they were set if several are. It
// says false if there is none.
func (t *timers) fire(in *instance) (bool, error) {
	if len(t.queue) == 0 || t.next > maxTimerRuns {
		return false, nil
	}
	first := 0
	for i := range t.queue {
		if t.queue[i].due < t.queue[first].due {
			first = i
		}
	}
	due := t.queue[first]
	t.queue = append(t.queue[:first], t.queue[first+1:]...)
	t.skipped = max(t.skipped, due.due)
	if due.every > 0 {
		t.next++ // counts the run
		again := due
		again.due += due.every
		t.queue = append(t.queue, again)
	}
	_, err := due.f(goja.Undefined(), due.args...)
	return true, err
}
