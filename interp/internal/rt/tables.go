package rt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"io"
	"math/rand"
	randv2 "math/rand/v2"
	"reflect"
	"sort"
	"time"

	single "github.com/plugreel/plugreel/interp/internal/single/sync"
)

// Missing lists symbols of compiled packages that a plugin must not have, and why.
var Missing = map[string]map[string]string{
	"time": {
		"After": timers, "AfterFunc": timers, "NewTicker": timers, "NewTimer": timers, "Tick": timers,
		"LoadLocation": "the time zones of the machine are not available; use UTC or time.FixedZone",
	},
	"context": {
		"WithTimeout": timers, "WithTimeoutCause": timers, "WithDeadline": timers, "WithDeadlineCause": timers, "AfterFunc": timers,
	},
	"fmt": {
		"Scan": stdin, "Scanf": stdin, "Scanln": stdin,
	},
	"math/rand":    {"Read": "use a *rand.Rand", "Seed": "the event seeds the random numbers; use rand.New for a stream of your own"},
	"math/rand/v2": {"N": "use rand.Int64N"},
	"sync":         {"NewCond": "there is no other goroutine to wake up", "Cond": "there is no other goroutine to wake up"},
}

// Replaced are types that stand for those of a compiled package, which are unsafe in a plugin:
// the process ends if it unlocks an unlocked mutex.
var Replaced = map[string]map[string]any{
	"sync": {
		"Mutex":     (*single.Mutex)(nil),
		"RWMutex":   (*single.RWMutex)(nil),
		"WaitGroup": (*single.WaitGroup)(nil),
		"Once":      (*single.Once)(nil),
	},
}

const (
	timers = "there are no timers, because an event never waits; use time.Sleep, which moves the event's clock on"
	stdin  = "there is no standard input"
)

// Table is what an instance sees of a compiled package, where it differs from the package itself.
func (r *Runtime) Table(path string) map[string]any {
	switch path {
	case "fmt":
		return r.fmtTable()
	case "errors":
		return map[string]any{"As": r.as, "Is": is, "Unwrap": unwrap}
	case "encoding/json":
		return map[string]any{"Marshal": marshal, "MarshalIndent": marshalIndent, "Unmarshal": r.unmarshal}
	case "sort":
		return map[string]any{"Slice": sortSlice, "SliceStable": sortSliceStable, "SliceIsSorted": sortSliceIsSorted}
	case "time":
		return map[string]any{"Now": r.now, "Since": func(t time.Time) time.Duration { return r.now().Sub(t) },
			"Until": func(t time.Time) time.Duration { return t.Sub(r.now()) }, "Sleep": r.sleep, "Local": utc()}
	case "math/rand":
		return r.randTable()
	case "math/rand/v2":
		return r.randV2Table()
	}
	return nil
}

// utc is a variable for time.Local: the zone of the machine must not show.
func utc() reflect.Value {
	zone := time.UTC
	return reflect.ValueOf(&zone).Elem()
}

func (r *Runtime) now() time.Time { return r.host.Now().Add(r.skipped) }

// sleep does not wait: it moves the clock on for the rest of the call.
func (r *Runtime) sleep(d time.Duration) {
	if d > 0 {
		r.skipped += d
	}
}

func (r *Runtime) fmtTable() map[string]any {
	out := stdout{r.host.Print}
	format := func(layout string, args []any) string {
		layout, args = r.formatOperands(layout, args)
		return fmt.Sprintf(layout, args...)
	}
	return map[string]any{
		"Print":    func(args ...any) (int, error) { return fmt.Fprint(out, operands(args)...) },
		"Println":  func(args ...any) (int, error) { return fmt.Fprintln(out, operands(args)...) },
		"Printf":   func(layout string, args ...any) (int, error) { return io.WriteString(out, format(layout, args)) },
		"Sprint":   func(args ...any) string { return fmt.Sprint(operands(args)...) },
		"Sprintln": func(args ...any) string { return fmt.Sprintln(operands(args)...) },
		"Sprintf":  func(layout string, args ...any) string { return format(layout, args) },
		"Fprint":   func(w io.Writer, args ...any) (int, error) { return fmt.Fprint(w, operands(args)...) },
		"Fprintln": func(w io.Writer, args ...any) (int, error) { return fmt.Fprintln(w, operands(args)...) },
		"Fprintf": func(w io.Writer, layout string, args ...any) (int, error) {
			return io.WriteString(w, format(layout, args))
		},
		"Append":   func(b []byte, args ...any) []byte { return fmt.Append(b, operands(args)...) },
		"Appendln": func(b []byte, args ...any) []byte { return fmt.Appendln(b, operands(args)...) },
		"Appendf": func(b []byte, layout string, args ...any) []byte {
			return append(b, format(layout, args)...)
		},
		"Errorf": func(layout string, args ...any) error {
			layout, args = r.formatOperands(layout, args)
			return fmt.Errorf(layout, args...)
		},
	}
}

// is is errors.Is, which must not compare boxes whose content cannot be compared.
func is(err, target error) bool {
	b, ok := unbox(target)
	if !ok || types.Comparable(b.typ()) {
		return errors.Is(err, target)
	}
	return isByMethod(err, target)
}

// isByMethod asks err and what it wraps for their own idea of equality with target.
func isByMethod(err, target error) bool {
	if err == nil {
		return false
	}
	if x, ok := err.(interface{ Is(error) bool }); ok && x.Is(target) {
		return true
	}
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return isByMethod(x.Unwrap(), target)
	case interface{ Unwrap() []error }:
		for _, inner := range x.Unwrap() {
			if isByMethod(inner, target) {
				return true
			}
		}
	}
	return false
}

func unwrap(err error) error { return errors.Unwrap(err) }

// as is errors.As, which must know the program's error types.
func (r *Runtime) as(err error, target any) bool {
	b, ok := unbox(target)
	if !ok {
		return errors.As(err, target)
	}
	ptr, ok := b.typ().Underlying().(*types.Pointer)
	if !ok || b.reflectValue().IsNil() {
		panic(Thrown{"errors: target must be a non-nil pointer"})
	}
	return r.find(err, ptr.Elem(), b.reflectValue().Elem())
}

// find looks through err's tree for one of type want and stores it.
func (r *Runtime) find(err error, want types.Type, into reflect.Value) bool {
	if err == nil {
		return false
	}
	v := strip(err)
	id, ok := r.program.id(want)
	if ok && r.is(v, id) {
		if types.IsInterface(want) {
			into.Set(reflect.ValueOf(&v).Elem())
		} else {
			into.Set(reflect.ValueOf(value(v)))
		}
		return true
	}
	var list []error
	switch x := err.(type) {
	case errorBox:
		list = append(x.list(), x.Unwrap())
	case interface{ Unwrap() error }:
		list = []error{x.Unwrap()}
	case interface{ Unwrap() []error }:
		list = x.Unwrap()
	}
	for _, inner := range list {
		if r.find(inner, want, into) {
			return true
		}
	}
	return false
}

func marshal(v any) ([]byte, error) {
	if b, ok := unbox(v); ok {
		text, err := b.MarshalJSON()
		if err != nil {
			return nil, err
		}
		return json.Marshal(json.RawMessage(text)) // escaped for HTML
	}
	text, err := json.Marshal(v)
	return text, withoutBox(err)
}

func marshalIndent(v any, prefix, indent string) ([]byte, error) {
	text, err := marshal(v)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, text, prefix, indent)
	return out.Bytes(), err
}

func sortSlice(v any, less func(i, j int) bool)       { sort.Slice(value(v), less) }
func sortSliceStable(v any, less func(i, j int) bool) { sort.SliceStable(value(v), less) }
func sortSliceIsSorted(v any, less func(i, j int) bool) bool {
	return sort.SliceIsSorted(value(v), less)
}

// random is the source of the package functions of math/rand, seeded anew for each call.
type random struct {
	v1 *rand.Rand
	v2 *randv2.Rand
}

func (r *Runtime) source() *random {
	if r.random == nil {
		seed := r.host.Seed()
		r.random = &random{rand.New(rand.NewSource(int64(seed))), randv2.New(randv2.NewPCG(seed, seed))}
	}
	return r.random
}

// methodsAs makes package functions of the methods of a generator.
func methodsAs(table map[string]reflect.Value, generator func() reflect.Value, t reflect.Type) map[string]any {
	out := map[string]any{}
	for name, f := range table {
		m, ok := t.MethodByName(name)
		if !ok || f.Kind() != reflect.Func {
			continue
		}
		out[name] = reflect.MakeFunc(f.Type(), func(in []reflect.Value) []reflect.Value {
			return m.Func.Call(append([]reflect.Value{generator()}, in...))
		}).Interface()
	}
	return out
}

func (r *Runtime) randTable() map[string]any {
	return methodsAs(r.program.Tables("math/rand"), func() reflect.Value { return reflect.ValueOf(r.source().v1) }, reflect.TypeFor[*rand.Rand]())
}

func (r *Runtime) randV2Table() map[string]any {
	return methodsAs(r.program.Tables("math/rand/v2"), func() reflect.Value { return reflect.ValueOf(r.source().v2) }, reflect.TypeFor[*randv2.Rand]())
}
