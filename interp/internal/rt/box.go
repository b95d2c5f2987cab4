package rt

import (
	"fmt"
	"go/types"
	"reflect"
)

// Box is a value of one of the program's own types inside an interface. Boxes of equal values are
// equal.
type Box struct {
	r  *Runtime
	id int
	v  any
}

// errorBox is a box in the error interface.
type errorBox struct{ Box }

func (r *Runtime) box(id int, v any) any { return Box{r, id, v} }

// strip returns the box of a value that was made to fit a compiled interface, else v.
func strip(v any) any {
	switch b := v.(type) {
	case nil:
		return nil
	case errorBox:
		return b.Box
	case interpreted:
		return b.box()
	}
	return stripWrapper(v)
}

// interpreted is implemented by compiled forms of boxes.
type interpreted interface{ box() Box }

// stripWrapper takes a box out of a generated interface wrapper.
func stripWrapper(v any) any {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Struct && rv.NumField() > 0 && rv.Type().Field(0).Name == "IValue" {
		if b, ok := rv.Field(0).Interface().(Box); ok {
			return b
		}
	}
	return v
}

// value is the content of a box, else v.
func value(v any) any {
	if b, ok := strip(v).(Box); ok {
		return b.v
	}
	return v
}

// unbox is a Box, if v is one in any form.
func unbox(v any) (Box, bool) {
	b, ok := strip(v).(Box)
	return b, ok
}

// method returns a method of the boxed value, invalid if it has none of that name that the host
// may call.
func (b Box) method(name string) reflect.Value {
	m := b.r.methods[b.id]
	if m == nil {
		return reflect.Value{}
	}
	return m[name]
}

// call calls a method; ok is false if there is none.
func (b Box) call(name string, args ...reflect.Value) (out []reflect.Value, ok bool) {
	m := b.method(name)
	if !m.IsValid() {
		return nil, false
	}
	in := append([]reflect.Value{b.reflectValue()}, args...)
	return m.Call(in), true
}

func (b Box) reflectValue() reflect.Value {
	if b.v == nil {
		return reflect.Zero(b.r.program.Types[b.id].Reflect)
	}
	return reflect.ValueOf(b.v)
}

func (b Box) typ() types.Type { return b.r.program.Types[b.id].Type }

// Error calls the method of the boxed value.
func (b errorBox) Error() string {
	out, ok := b.call("Error")
	if !ok || len(out) != 1 {
		return "error"
	}
	return out[0].String()
}

// Unwrap returns the one error that the boxed error wraps.
func (b errorBox) Unwrap() error {
	m := b.method("Unwrap")
	if !m.IsValid() || m.Type().NumOut() != 1 || m.Type().Out(0) != errorType {
		return nil
	}
	out, _ := b.call("Unwrap")
	err, _ := out[0].Interface().(error)
	return err
}

// Is calls the boxed error's Is, if it has one.
func (b errorBox) Is(target error) bool {
	m := b.method("Is")
	if m.IsValid() && m.Type() == reflect.FuncOf([]reflect.Type{m.Type().In(0), errorType}, []reflect.Type{boolType}, false) {
		out, _ := b.call("Is", reflect.ValueOf(&target).Elem())
		return out[0].Bool()
	}
	for _, err := range b.list() {
		if is(err, target) {
			return true
		}
	}
	return false
}

// list is what Unwrap() []error returns.
func (b errorBox) list() []error {
	m := b.method("Unwrap")
	if !m.IsValid() || m.Type().NumOut() != 1 || m.Type().Out(0) != reflect.TypeFor[[]error]() {
		return nil
	}
	out, _ := b.call("Unwrap")
	list, _ := out[0].Interface().([]error)
	return list
}

var (
	errorType = reflect.TypeFor[error]()
	boolType  = reflect.TypeFor[bool]()
)

// err makes an error of a value in an empty interface.
func (r *Runtime) err(v any) error {
	if b, ok := v.(Box); ok {
		return errorBox{b}
	}
	err, _ := v.(error)
	return err
}

// adapt makes a value fit the compiled interface of that number.
func (r *Runtime) adapt(v any, id int) any {
	b, ok := v.(Box)
	if !ok {
		return v
	}
	want := r.program.Types[id].Reflect
	if want == errorType {
		return errorBox{b}
	}
	wrapper := r.program.wrapper(want, r.program.Types[id].Type)
	if wrapper == nil {
		panic(fmt.Sprintf("interp: %v cannot be implemented by a plugin", want))
	}
	w := reflect.New(wrapper).Elem()
	w.Field(0).Set(reflect.ValueOf(b))
	for i := 1; i < wrapper.NumField(); i++ {
		w.Field(i).Set(b.bind(wrapper.Field(i).Name[1:], wrapper.Field(i).Type))
	}
	return w.Interface()
}

// bind is a method of the boxed value as a function without the receiver.
func (b Box) bind(name string, as reflect.Type) reflect.Value {
	m := b.method(name)
	recv := b.reflectValue()
	return reflect.MakeFunc(as, func(in []reflect.Value) []reflect.Value {
		return m.Call(append([]reflect.Value{recv}, in...))
	})
}

// wrapper is the struct that implements a compiled interface with functions.
func (p *Program) wrapper(want reflect.Type, t types.Type) reflect.Type {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w, ok := p.adapters[want]; ok {
		return w
	}
	o := types.Unalias(t).(*types.Named).Obj()
	var w reflect.Type
	if v, ok := p.Tables(o.Pkg().Path())["_"+o.Name()]; ok {
		w = v.Type().Elem()
	}
	if p.adapters == nil {
		p.adapters = map[reflect.Type]reflect.Type{}
	}
	p.adapters[want] = w
	return w
}

// typeID is the number of the type of a boxed value, -1 for others.
func (r *Runtime) typeID(v any) int {
	if b, ok := v.(Box); ok {
		return b.id
	}
	return -1
}

// is says whether a value in an empty interface has, or implements, type number id.
func (r *Runtime) is(v any, id int) bool {
	if v == nil {
		return false
	}
	t := r.program.Types[id]
	if types.IsInterface(t.Type) {
		return r.implements(v, id)
	}
	if b, ok := v.(Box); ok {
		return b.id == id
	}
	return !t.Boxed && reflect.TypeOf(v) == t.Reflect
}

type implementKey struct {
	boxed   int
	reflect reflect.Type
	id      int
}

// implements says whether v's type implements interface number id.
func (r *Runtime) implements(v any, id int) bool {
	p := r.program
	key := implementKey{boxed: -1, id: id}
	if b, ok := v.(Box); ok {
		key.boxed = b.id
	} else {
		key.reflect = reflect.TypeOf(v)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.implement[key]; ok {
		return known
	}
	iface := p.Types[id].Type.Underlying().(*types.Interface)
	ok := types.Implements(p.dynamic(key), iface)
	if p.implement == nil {
		p.implement = map[implementKey]bool{}
	}
	p.implement[key] = ok
	return ok
}

func (p *Program) dynamic(key implementKey) types.Type {
	if key.boxed >= 0 {
		return p.Types[key.boxed].Type
	}
	return p.Universe.Type(key.reflect)
}

// typeOf is the type of a value in an empty interface, which is not nil.
func (r *Runtime) typeOf(v any) types.Type {
	if b, ok := unbox(v); ok {
		return b.typ()
	}
	r.program.mu.Lock()
	defer r.program.mu.Unlock()
	return r.program.Universe.Type(reflect.TypeOf(v))
}

// assert panics as x.(T) does if v has not type number id.
func (r *Runtime) assert(v any, static, id int) {
	if r.is(v, id) {
		return
	}
	from, to := r.typeString(static), r.typeString(id)
	switch {
	case v == nil && types.IsInterface(r.program.Types[id].Type):
		raiseError("interface conversion: interface is nil, not " + to)
	case v == nil:
		raiseError(fmt.Sprintf("interface conversion: %s is nil, not %s", from, to))
	case types.IsInterface(r.program.Types[id].Type):
		iface := r.program.Types[id].Type.Underlying().(*types.Interface)
		missing, _ := types.MissingMethod(r.typeOf(v), iface, true)
		raiseError(fmt.Sprintf("interface conversion: %s is not %s: missing method %s", r.nameOf(v), to, missing.Name()))
	}
	raiseError(fmt.Sprintf("interface conversion: %s is %s, not %s", from, r.nameOf(v), to))
}

func (r *Runtime) typeString(id int) string { return typeString(r.program.Types[id].Type) }

func (r *Runtime) nameOf(v any) string {
	if b, ok := unbox(v); ok {
		return typeString(b.typ())
	}
	return reflect.TypeOf(v).String()
}

// hostMethod is a method of a value of a compiled type.
func (r *Runtime) hostMethod(v any, name string) any {
	if v == nil {
		panic(runtimeError("invalid memory address or nil pointer dereference"))
	}
	return reflect.ValueOf(v).MethodByName(name).Interface()
}

// equal is a == b for values in empty interfaces.
func equal(a, b any) bool {
	defer func() {
		if v := recover(); v != nil {
			panic(comparisonError(v, a))
		}
	}()
	return strip(a) == strip(b)
}

func comparisonError(v, a any) any {
	if b, ok := unbox(a); ok {
		return runtimeError("comparing uncomparable type " + typeString(b.typ()))
	}
	return v
}

// typeString names a type as reflection does in a compiled program.
func typeString(t types.Type) string { return qualifier((*types.Package).Name).reflectString(t) }
