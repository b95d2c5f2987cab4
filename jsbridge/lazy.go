package jsbridge

import (
	"math"
	"reflect"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// lazy is an object of the event as JavaScript sees it: nothing is decoded before it is read, and
// what is not written stays the text that it was. The event and the objects in it are lazy; an array
// becomes a native value, with all that is in it, when it is first read.
//
// A lazy object outlives its call if the plugin keeps it. Its first use after the call takes a
// copy of the state in which the call left it, so that later writes reach nobody's output.
type lazy struct {
	in    *instance
	o     *sdk.Object
	js    *goja.Object
	call  uint64 // the hook call that it belongs to, 0 once it stands alone
	epoch uint32 // state of the event during that call
	busy  bool   // it is being written: who meets it on the way has found a cycle
	kept  []kept
}

// kept is a member for which JavaScript holds a value with an identity, or one that JSON has no
// form for.
type kept struct {
	key   string
	value goja.Value
	lazy  *lazy     // if value is a lazy object
	from  sdk.Value // what value was decoded from; missing if the plugin assigned it
	was   former    // what the member was before the plugin assigned value
}

// former is the last value of a member that JSON has a form for; the zero value is none.
type former struct {
	value sdk.Value
	lazy  *lazy // its state counts, if it is one
}

var lazyType = reflect.TypeFor[*lazy]()

// asLazy returns the lazy object behind v, nil if it is something else.
func asLazy(v goja.Value) *lazy {
	o, ok := v.(*goja.Object)
	if !ok || o.ExportType() != lazyType {
		return nil
	}
	l, _ := o.Export().(*lazy)
	return l
}

// newLazy makes the lazy form of o for the call that is running.
func (in *instance) newLazy(o *sdk.Object, epoch uint32) *lazy {
	l := &lazy{in: in, o: o, call: in.call, epoch: epoch}
	l.js = in.vm.NewDynamicObject(l)
	return l
}

// live makes l usable after its call.
func (l *lazy) live() {
	if l.call == 0 || l.call == l.in.call {
		return
	}
	o, err := sdk.ParseObject(l.o.AppendStateJSON(nil, l.epoch))
	must(err)
	l.o, l.call = o, 0
}

func (l *lazy) find(key string) int {
	for i := range l.kept {
		if l.kept[i].key == key {
			return i
		}
	}
	return -1
}

// Get returns a member, nil if there is none.
func (l *lazy) Get(key string) goja.Value {
	l.live()
	if i := l.find(key); i >= 0 {
		return l.kept[i].value
	}
	v := l.o.Get(key)
	switch v.Kind() {
	case sdk.KindMissing:
		return nil
	case sdk.KindObject:
		return l.keepLazy(key, v)
	case sdk.KindArray:
	default:
		return l.in.decode(v)
	}
	value := l.in.decode(v)
	l.kept = append(l.kept, kept{key: key, value: value, from: v})
	return value
}

func (l *lazy) keepLazy(key string, v sdk.Value) goja.Value {
	o, _ := v.Object()
	inner := l.in.newLazy(o, l.epoch)
	inner.call = l.call
	l.kept = append(l.kept, kept{key: key, value: inner.js, lazy: inner, from: v})
	return inner.js
}

// Has says whether there is a member.
func (l *lazy) Has(key string) bool {
	l.live()
	return l.find(key) >= 0 || l.o.Has(key)
}

// Set gives a member a new value. What JSON can express is written at once; for the rest the
// place is held by null until the call ends.
func (l *lazy) Set(key string, value goja.Value) bool {
	l.live()
	was := l.was(key)
	l.forget(key)
	text, ok := l.in.primitive(l.in.scratch[:0], value)
	l.in.scratch = text
	if !ok {
		text = append(text[:0], "null"...)
		l.kept = append(l.kept, kept{key: key, value: value, was: was})
	}
	l.o.SetValue(key, sdk.RawValue(text))
	return true
}

// was returns what a member is that is to be assigned.
func (l *lazy) was(key string) former {
	i := l.find(key)
	switch {
	case i < 0:
		return former{value: l.o.Get(key)}
	case l.kept[i].from.Exists():
		return former{l.kept[i].from, l.kept[i].lazy}
	}
	return l.kept[i].was
}

// restore makes a member what it was.
func (l *lazy) restore(key string, was former) {
	if was.lazy != nil {
		_ = was.lazy.flush() // what it cannot write is what it was, too
		was.value = sdk.RawValue(was.lazy.o.AppendJSON(nil))
	}
	l.o.SetValue(key, was.value)
}

func (l *lazy) forget(key string) {
	if i := l.find(key); i >= 0 {
		l.kept = append(l.kept[:i], l.kept[i+1:]...)
	}
}

// Delete removes a member.
func (l *lazy) Delete(key string) bool {
	l.live()
	l.forget(key)
	l.o.Delete(key)
	return true
}

// Keys lists the members as JavaScript orders them: array indexes ascending, then the others.
func (l *lazy) Keys() []string {
	l.live()
	return indexesFirst(l.o.Keys())
}

// flush writes what JavaScript did to kept values into the event. The first error is returned
// when all is written that can be; a member that cannot be is what it was before.
func (l *lazy) flush() error {
	l.busy = true
	defer func() { l.busy = false }()
	var first error
	for i := range l.kept {
		if err := l.flushMember(&l.kept[i]); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (l *lazy) flushMember(k *kept) error {
	if k.lazy != nil && k.from.Exists() {
		return k.lazy.flush()
	}
	text, same, err := l.in.encodeMember(l.in.scratch[:0], k.key, k.value, k.from)
	l.in.scratch = text[:0]
	switch {
	case err != nil && k.from.Exists(): // the event still has it
	case err != nil:
		l.restore(k.key, k.was)
	case len(text) == 0:
		l.o.Delete(k.key)
	case !same:
		l.o.SetValue(k.key, sdk.RawValue(text))
	}
	return err
}

// text appends the object's JSON.
func (l *lazy) text(dst []byte) ([]byte, error) {
	l.live()
	scratch := l.in.scratch
	l.in.scratch = nil // dst may be the scratch buffer
	err := l.flush()
	l.in.scratch = scratch
	return l.o.AppendJSON(dst), err
}

// primitive appends the JSON of a value that reads back the same; ok is false for all others.
func (in *instance) primitive(dst []byte, value goja.Value) (_ []byte, ok bool) {
	switch value := value.(type) {
	case goja.String:
		return appendString(dst, value), true
	case *goja.Object, *goja.Symbol:
		return dst, false
	}
	switch {
	case value == nil || goja.IsUndefined(value) || goja.IsBigInt(value):
		return dst, false
	case goja.IsNull(value):
		return append(dst, "null"...), true
	case goja.IsNumber(value):
		f := value.ToFloat()
		if math.IsNaN(f) || math.IsInf(f, 0) || f == 0 && math.Signbit(f) {
			return dst, false
		}
		return sdk.AppendFloat(dst, f), true
	case value.ToBoolean():
		return append(dst, "true"...), true
	}
	return append(dst, "false"...), true
}

// indexesFirst puts the names that are array indexes first, in ascending order.
func indexesFirst(keys []string) []string {
	n := 0
	for _, key := range keys {
		if isIndex(key) {
			n++
		}
	}
	if n == 0 {
		return keys
	}
	return sortIndexes(keys, n)
}
