package jsbridge

import (
	"bytes"
	"math"
	"reflect"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// lazy is an object of the event as JavaScript sees it: nothing is decoded before it is read, and
// what is not written stays the text that it was. The event and the objects in it are lazy. Arrays become
// native values, with all that is in them, when they are first read, and so do objects that lie in a member
// of the event of which there are copies.
//
// A lazy object outlives its call if the plugin keeps it. Its first use after the call takes a
// copy of the state in which the call left it, so that later writes reach nobody's output.
type lazy struct {
	in     *instance
	o      *sdk.Object
	js     *goja.Object
	call   uint64 // the hook call that it belongs to, 0 once it stands alone
	epoch  uint32 // state of the event during that call
	outer  bool   // the event itself
	copied bool   // it is a copy of such an object, and part of nothing yet
	inner  *lazy  // memory for a member; nil once it is taken
	busy   bool   // it is being written: who meets it on the way has found a cycle
	kept   []kept
}

// kept is a member for which JavaScript holds a value with an identity, or one that JSON has no
// form for.
type kept struct {
	key    string
	value  goja.Value // nil as long as it is not read from shared
	shared *shared
	lazy   *lazy     // if value is a lazy object that is part of this one
	from   sdk.Value // what value was decoded from; missing if the plugin assigned it
	was    *former   // what the member was before the plugin assigned value
}

// shared is an array or object that an object of the event and its copies have in common, to be decoded when
// the first of them reads it.
type shared struct {
	from  sdk.Value
	value goja.Value
}

// peek returns the member's value, nil if nobody has read it yet.
func (k *kept) peek() goja.Value {
	if k.value == nil {
		k.value = k.shared.value
	}
	return k.value
}

func (k *kept) read(in *instance) goja.Value {
	if k.peek() == nil {
		k.value = in.decode(k.shared.from)
		k.shared.value = k.value
	}
	return k.value
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

// newEvent makes the lazy form of an event for the call that is running. What nearly every hook reads, a
// member that is an object, has its memory beside it.
func (in *instance) newEvent(o *sdk.Object, epoch uint32) *lazy {
	l := &struct {
		lazy
		first lazy
		kept  [1]kept
	}{lazy: lazy{in: in, o: o, call: in.call, epoch: epoch, outer: true}}
	l.js = in.vm.NewDynamicObject(&l.lazy)
	l.inner, l.lazy.kept = &l.first, l.kept[:0]
	return &l.lazy
}

// newInner makes the lazy form of o, a member of l.
func (l *lazy) newInner(o *sdk.Object) *lazy {
	inner := l.inner
	if l.inner = nil; inner == nil {
		inner = new(lazy)
	}
	*inner = lazy{in: l.in, o: o, call: l.call, epoch: l.epoch}
	inner.js = l.in.vm.NewDynamicObject(inner)
	return inner
}

// live makes l usable after its call.
func (l *lazy) live() {
	if l.call == 0 || l.call == l.in.call {
		return
	}
	o, err := sdk.ParseObject(l.o.AppendStateJSON(nil, l.epoch))
	must(err)
	l.o, l.call = o, 0
	for i := range l.kept {
		l.kept[i].part(o, l.epoch)
	}
	l.hold()
}

// hold gives members of an object that stands alone their places again, at its end, if JSON has no form for them:
// to write the object has removed them.
func (l *lazy) hold() {
	for i := range l.kept {
		if key := l.kept[i].key; !l.o.Has(key) {
			l.o.SetValue(key, sdk.RawValue([]byte("null")))
		}
	}
}

// part makes the member one of o, which nobody else knows: the event that it was part of is over, or has gone
// on from the state of that epoch.
func (k *kept) part(o *sdk.Object, epoch uint32) {
	if k.peek() == nil {
		k.shared.from = sdk.RawValue(k.shared.from.AppendStateJSON(nil, epoch))
	}
	if k.from.Exists() {
		k.from = o.Get(k.key)
	}
	if k.lazy != nil {
		k.lazy, k.from = nil, sdk.Value{}
	}
	k.was = nil
}

// free says whether l can become part of an event without being copied.
func (l *lazy) free() bool { return l.copied && l.call == l.in.call }

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
		return l.kept[i].read(l.in)
	}
	return l.first(key, l.o.Get(key))
}

// member is Get for a member whose text is v.
func (l *lazy) member(key string, v sdk.Value) goja.Value {
	if i := l.find(key); i >= 0 {
		return l.kept[i].read(l.in)
	}
	return l.first(key, v)
}

// first makes a value of a member for which none is kept.
func (l *lazy) first(key string, v sdk.Value) goja.Value {
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

// peek returns the value that JavaScript holds for a member, nil if there is none.
func (l *lazy) peek(key string) goja.Value {
	if i := l.find(key); i >= 0 {
		return l.kept[i].peek()
	}
	return nil
}

func (l *lazy) keepLazy(key string, v sdk.Value) goja.Value {
	o, _ := v.Object()
	inner := l.newInner(o)
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
	if value == nil { // from what a proxy only says that it has
		value = goja.Undefined()
	}
	text, ok := l.in.primitive(l.in.scratch[:0], value)
	l.in.scratch = text
	if ok {
		l.forget(key)
	} else {
		text = append(text[:0], "null"...)
		was := l.was(key)
		l.forget(key)
		l.kept = append(l.kept, kept{key: key, value: value, was: was})
	}
	l.o.SetValue(key, sdk.RawValue(text))
	return true
}

// was returns what a member is that is to be assigned.
func (l *lazy) was(key string) *former {
	i := l.find(key)
	switch {
	case i < 0:
		return &former{value: l.o.Get(key)}
	case l.kept[i].from.Exists():
		return &former{l.kept[i].from, l.kept[i].lazy}
	}
	return l.kept[i].was
}

// restore makes a member what it was.
func (l *lazy) restore(key string, was *former) {
	switch {
	case was == nil: // never assigned: a copy has the text that it was made with
	case was.lazy != nil:
		_ = was.lazy.flush() // what it cannot write is what it was, too
		l.o.SetValue(key, sdk.RawValue(was.lazy.o.AppendJSON(nil)))
	default:
		l.o.SetValue(key, was.value)
	}
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
	if k.lazy != nil {
		return k.lazy.flush()
	}
	value := k.peek()
	if value == nil {
		return nil
	}
	inner := asLazy(value)
	if inner != nil && inner.free() {
		return l.take(k, inner)
	}
	text, same, err := l.in.encodeMember(l.in.scratch[:0], k.key, value, k.from)
	l.in.scratch = text[:0]
	switch {
	case err != nil && k.from.Exists(): // the event still has it
	case err != nil:
		l.restore(k.key, k.was)
	case len(text) == 0:
		l.o.Delete(k.key)
	case inner != nil && bytes.Equal(text, l.o.Get(k.key).Raw()): // a copy has it from the object that it was made of
	case !same:
		l.o.SetValue(k.key, sdk.RawValue(text))
	}
	return err
}

// take makes a copy of an object of the event, which is nobody's yet, the member that it was assigned to.
func (l *lazy) take(k *kept, copied *lazy) error {
	if copied.busy {
		l.restore(k.key, k.was)
		return errCycle
	}
	if err := copied.flush(); err != nil {
		l.restore(k.key, k.was)
		return err
	}
	if l.o.Graft(k.key, copied.o) {
		copied.copied = false
		k.lazy, k.from = copied, l.o.Get(k.key)
		return nil
	}
	l.o.SetValue(k.key, sdk.RawValue(copied.o.AppendJSON(nil)))
	return nil
}

// text appends the object's JSON.
func (l *lazy) text(dst []byte) ([]byte, error) {
	l.live()
	scratch := l.in.scratch
	l.in.scratch = nil // dst may be the scratch buffer
	err := l.flush()
	l.in.scratch = scratch
	dst = l.o.AppendJSON(dst)
	if l.call == 0 {
		l.hold()
	}
	return dst, err
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
