package rt

import (
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"strings"
)

// Thrown is what an interpreted panic(v) panics with.
type Thrown struct{ Value any }

// Overflow is the panic of calls that are nested too deeply. A program cannot recover from it.
type Overflow struct{}

func (Overflow) Error() string { return "stack overflow: more than 1000 calls deep" }

// runtimeError is a run-time error that the runtime package has no way to make.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }
func (runtimeError) RuntimeError()   {}

// typeError is the run-time error of a failed type assertion, whose text has no prefix.
type typeError string

func (e typeError) Error() string { return string(e) }
func (typeError) RuntimeError()   {}

var (
	_ runtime.Error = runtimeError("")
	_ runtime.Error = typeError("")
)

func raiseError(text string) { panic(typeError(text)) }

// raise is panic(v).
func raise(v any) {
	if v == nil {
		panic(new(runtime.PanicNilError))
	}
	panic(Thrown{v})
}

// Frame holds the deferred calls of one function call.
type Frame struct {
	calls     []func()
	depth     int
	panicking bool
	value     any
}

func (r *Runtime) frame() *Frame { return &Frame{depth: *r.depth} }

// run runs a function's body and then its deferred calls, the last first.
func (r *Runtime) run(f *Frame, body func()) {
	returned := false
	defer func() {
		if !returned {
			f.panicking, f.value = true, recover()
			if _, ok := f.value.(Overflow); ok {
				panic(f.value)
			}
		}
		*r.depth = f.depth
		for len(f.calls) > 0 {
			last := f.calls[len(f.calls)-1]
			f.calls = f.calls[:len(f.calls)-1]
			r.runDeferred(f, last)
		}
		if f.panicking {
			panic(f.value)
		}
	}()
	body()
	returned = true
}

func (r *Runtime) runDeferred(f *Frame, call func()) {
	r.frames = append(r.frames, f)
	n := len(r.frames)
	returned := false
	defer func() {
		r.frames = r.frames[:n-1]
		if !returned {
			f.panicking, f.value = true, recover()
		}
	}()
	call()
	returned = true
}

// recovered is recover().
func (r *Runtime) recovered() any {
	if len(r.frames) == 0 {
		return nil
	}
	f := r.frames[len(r.frames)-1]
	if !f.panicking {
		return nil
	}
	f.panicking = false
	return Panic(f.value)
}

// Panic turns what a call panicked with into what the program would see: the interpreter panics
// with texts of its own where a compiled program has run-time errors.
func Panic(v any) any {
	if rv, ok := v.(reflect.Value); ok && rv.IsValid() && rv.CanInterface() {
		v = rv.Interface()
	}
	switch v := v.(type) {
	case Thrown:
		return v.Value
	case *reflect.ValueError:
		return runtimeError("invalid memory address or nil pointer dereference")
	case string:
		return translate(v)
	case runtime.Error:
		return v
	case error:
		if strings.HasSuffix(reflect.TypeOf(v).String(), ".cfgError") {
			return Fault(v.Error())
		}
	}
	return v
}

// Fault is a failure of the interpreter itself: the lowered program was not what it can run.
type Fault string

func (f Fault) Error() string { return "engine: " + string(f) }

func translate(text string) any {
	switch {
	case strings.Contains(text, "zero Value"), strings.Contains(text, "nil pointer"), strings.Contains(text, "nil interface"):
		return runtimeError("invalid memory address or nil pointer dereference")
	case strings.Contains(text, "index out of range"):
		return runtimeError("index out of range")
	case strings.Contains(text, "slice index out of bounds"):
		return runtimeError("slice bounds out of range")
	case fromLibrary.MatchString(text) && !strings.HasPrefix(text, "reflect"):
		return text
	}
	return Fault(text)
}

// fromLibrary matches what compiled packages panic with: "strings: negative Repeat count".
var fromLibrary = regexp.MustCompile(`^[a-z0-9/]+(\.[A-Za-z0-9.]+)?: `)

func index(i, n int) int {
	if i < 0 || i >= n {
		outOfRange(i, n)
	}
	return i
}

// outOfRange panics as the compiled program would.
func outOfRange(i, n int) {
	if i < 0 {
		panic(runtimeError(fmt.Sprintf("index out of range [%d]", i)))
	}
	panic(runtimeError(fmt.Sprintf("index out of range [%d] with length %d", i, n)))
}

func bounds(format string, args ...any) {
	panic(runtimeError("slice bounds out of range " + fmt.Sprintf(format, args...)))
}

// substring checks s[low:high]; -1 stands for a bound that is not given.
func substring(low, high, n int) {
	if high == -1 {
		high = n
	}
	low = max(low, 0)
	switch {
	case high < 0 || high > n:
		bounds("[:%d] with length %d", high, n)
	case low > high:
		bounds("[%d:%d]", low, high)
	}
}

func sliceBounds(low, high, most, length, capacity int, isSlice bool) {
	what := "length"
	if isSlice {
		what = "capacity"
	}
	if most != -1 {
		if most > capacity {
			bounds("[::%d] with %s %d", most, what, capacity)
		}
		capacity = most
		if high > most {
			bounds("[:%d:%d]", high, most)
		}
	}
	if high == -1 {
		high = length
	}
	low = max(low, 0)
	switch {
	case high < 0 || high > capacity:
		bounds("[:%d] with %s %d", high, what, capacity)
	case low > high:
		bounds("[%d:%d]", low, high)
	}
}

func arrayLength(have, want int) {
	if have < want {
		panic(runtimeError(fmt.Sprintf("cannot convert slice with length %d to array or pointer to array with length %d", have, want)))
	}
}

// most is how many elements a plugin may ask for at once.
const most = 1 << 27

func makeLength(n, capacity int) {
	if n < 0 || n > most {
		panic(runtimeError("makeslice: len out of range"))
	}
	if capacity < n || capacity > most {
		panic(runtimeError("makeslice: cap out of range"))
	}
}

func shiftCount(n int) uint {
	if n < 0 {
		panic(runtimeError("negative shift amount"))
	}
	return uint(n)
}
