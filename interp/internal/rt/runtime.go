// Package rt is what a lowered program calls while it runs: boxes for values of the program's own
// types, defer, recover and run-time errors, formatting and JSON of boxed values, and the parts of
// the standard library that must know of them or of the event's clock.
package rt

import (
	"encoding/json"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"sync"
	"time"
	"weak"

	"github.com/plugreel/plugreel/interp/internal/hosttypes"
	"github.com/plugreel/plugreel/interp/internal/lower"
)

// Program is what all instances of a lowered program share.
type Program struct {
	Types    []lower.Type
	Universe *hosttypes.Universe
	Tables   func(importPath string) map[string]reflect.Value
	Native   func(types.Type) bool // says whether values of a type need no box

	mu        sync.Mutex // guards what follows, and the universe
	implement map[implementKey]bool
	adapters  map[reflect.Type]reflect.Type // compiled interface to its wrapper
	index     *typeIndex
}

// Host is what an instance needs of its surroundings. Calls do not overlap.
type Host struct {
	Print func(text string) // of fmt.Print and its kin
	Err   func(text string) // of print and println
	Now   func() time.Time  // the event's clock
	Seed  func() uint64     // of the random numbers of this call
	Live  func() bool       // says whether the program may still begin
	Serve func(*Runtime)    // called when the program is ready; returns when it is to end
	Hits  []int             // that the program counts up, by the number of the place
}

// Runtime is one instance of a running program. It belongs to one goroutine at a time.
type Runtime struct {
	program *Program
	host    Host
	methods []map[string]reflect.Value // by type number
	ids     map[reflect.Type]int       // of types that need no box
	exports map[string]any
	line    *int
	depth   *int
	deep    bool     // a call of this hook was nested too deeply
	frames  []*Frame // whose deferred calls are running
	skipped time.Duration
	random  *random

	decoders map[weak.Pointer[json.Decoder]]decoderOptions // where the program has set any
}

// New returns the runtime of a new instance.
func New(p *Program, host Host) *Runtime {
	r := &Runtime{
		program: p,
		host:    host,
		methods: make([]map[string]reflect.Value, len(p.Types)),
		ids:     map[reflect.Type]int{},
		exports: map[string]any{},
		line:    new(int),
		depth:   new(int),
	}
	for id, t := range p.Types {
		if !t.Boxed && !types.IsInterface(t.Type) {
			r.ids[t.Reflect] = id
		}
	}
	return r
}

// Export returns what the program exports under a name, nil if nothing.
func (r *Runtime) Export(name string) any { return r.exports[name] }

// Line is the number of the place in the source that runs, or ran last.
func (r *Runtime) Line() int { return *r.line }

// BeginCall prepares for a call from the host.
func (r *Runtime) BeginCall() {
	*r.depth, r.deep = 0, false
	r.frames = r.frames[:0]
	r.skipped = 0
	r.random = nil
}

// Overflowed says whether calls were nested too deeply since BeginCall, even if a compiled function, such
// as one of package fmt, has caught the panic.
func (r *Runtime) Overflowed() bool { return r.deep }

func (r *Runtime) overflow() {
	r.deep = true
	panic(Overflow{})
}

// Symbols are the functions that lowered text calls as rt.NAME.
func (r *Runtime) Symbols() map[string]reflect.Value {
	table := map[string]any{
		"Start":      r.start,
		"Serve":      func() { r.host.Serve(r) },
		"Hits":       func() []int { return r.host.Hits },
		"Export":     func(name string, v any) { r.exports[name] = v },
		"Method":     r.register,
		"Box":        r.box,
		"Any":        func(v any) any { return v },
		"Val":        value,
		"Strip":      strip,
		"Err":        r.err,
		"Adapt":      r.adapt,
		"Is":         r.is,
		"IsNil":      func(v any) bool { return v == nil },
		"TypeID":     r.typeID,
		"Assert":     r.assert,
		"Equal":      equal,
		"HostMethod": r.hostMethod,
		"Frame":      r.frame,
		"Run":        r.run,
		"Defer":      func(f *Frame, call func()) { f.calls = append(f.calls, call) },
		"Panic":      raise,
		"Recover":    r.recovered,
		"NilCall":    func() { panic(runtimeError("invalid memory address or nil pointer dereference")) },
		"Overflow":   r.overflow,
		"Index":      index,
		"Substring":  substring,
		"Slice":      sliceBounds,
		"Length":     arrayLength,
		"Make":       makeLength,
		"Count":      shiftCount,
		"Rune":       decodeRune,
		"Keys":       keys,
		"Delete":     remove,
		"Clear":      clearAny,
		"Whole":      whole,
		"MinFloat":   func(a, b float64) float64 { return min(a, b) },
		"MaxFloat":   func(a, b float64) float64 { return max(a, b) },
		"Complex":    func(re, im float64) complex128 { return complex(re, im) },
		"Real":       func(c complex128) float64 { return real(c) },
		"Imag":       func(c complex128) float64 { return imag(c) },
		"Print":      func(args ...any) { r.host.Err(printArgs(args, "")) },
		"Println":    func(args ...any) { r.host.Err(printArgs(args, " ") + "\n") },
		"Decode":     r.decodeNext,
		"UseNumber":  r.useNumber,
		"Disallow":   r.disallowUnknownFields,
		"Encode":     encodeNext,
	}
	symbols := make(map[string]reflect.Value, len(table))
	for name, f := range table {
		symbols[name] = reflect.ValueOf(f)
	}
	return symbols
}

// start is the first thing that a program calls. A program that was stopped before it began must
// end here: the interpreter stops only what runs.
func (r *Runtime) start(line, depth *int) {
	r.line, r.depth = line, depth
	if !r.host.Live() {
		panic("stopped")
	}
}

// register notes the function that is a method of a type.
func (r *Runtime) register(id int, name string, f any) {
	if r.methods[id] == nil {
		r.methods[id] = map[string]reflect.Value{}
	}
	r.methods[id][name] = reflect.ValueOf(f)
}

func printArgs(args []any, sep string) string {
	text := ""
	for i, a := range args {
		if i > 0 {
			text += sep
		}
		text += fmt.Sprint(a)
	}
	return text
}

// stdout is the writer behind fmt.Print.
type stdout struct{ print func(string) }

func (w stdout) Write(p []byte) (int, error) {
	w.print(string(p))
	return len(p), nil
}

var _ io.Writer = stdout{}
