package diff

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// kind is in what a member differs.
type kind uint8

const (
	added kind = iota
	removed
	changed
	kinds = iota
)

var kindNames = [kinds]string{added: KindAdded, removed: KindRemoved, changed: KindChanged}

// step is one part of a path: the name of a member, or the number of an element, which is that
// in the new array unless the element was removed.
type step struct {
	name  string
	index int // -1 for a member
}

// walker finds the members in which two values differ.
type walker struct {
	// found is called for each, outermost first. The path is valid during the call.
	found func(path []step, k kind, before, after sdk.Value)
	// texts is a member of the outermost object that may be JSON text.
	texts string

	path []step
}

func (w *walker) in(s step, f func()) {
	w.path = append(w.path, s)
	f()
	w.path = w.path[:len(w.path)-1]
}

func (w *walker) member(name string, f func()) { w.in(step{name, -1}, f) }

func (w *walker) report(k kind, before, after sdk.Value) { w.found(w.path, k, before, after) }

// objects compares the members of two objects: those of a in its order, then what only b has.
func (w *walker) objects(a, b *sdk.Object) {
	shared := 0
	for name, before := range a.All() {
		after := b.Get(name)
		if after.Exists() {
			shared++
			if bytes.Equal(before.Raw(), after.Raw()) {
				continue
			}
		}
		w.member(name, func() { w.values(before, after) })
	}
	if shared == b.Len() {
		return
	}
	for name, after := range b.All() {
		if !a.Has(name) {
			w.member(name, func() { w.report(added, sdk.Value{}, after) })
		}
	}
}

// values compares two values, of which before exists.
func (w *walker) values(before, after sdk.Value) {
	switch {
	case !after.Exists():
		w.report(removed, before, after)
	case before.Kind() != after.Kind():
		w.report(changed, before, after)
	case bytes.Equal(before.Raw(), after.Raw()):
	default:
		w.sameKind(before, after)
	}
}

func (w *walker) sameKind(before, after sdk.Value) {
	switch before.Kind() {
	case sdk.KindObject:
		a, _ := before.Object()
		b, _ := after.Object()
		w.objects(a, b)
	case sdk.KindArray:
		a, _ := before.Array()
		b, _ := after.Array()
		w.arrays(a, b)
	case sdk.KindNumber:
		if a, b := before.String(), after.String(); !sameNumber(a, b) {
			w.report(changed, before, after)
		}
	case sdk.KindString:
		w.strings(before, after)
	default:
		w.report(changed, before, after)
	}
}

// strings compares two strings, as the objects that they hold where they may hold some.
func (w *walker) strings(before, after sdk.Value) {
	if sameText(before.Raw(), after.Raw()) {
		return
	}
	if len(w.path) == 1 && w.path[0].name == w.texts {
		a, okA := objectIn(before)
		b, okB := objectIn(after)
		if okA && okB {
			w.objects(a, b)
			return
		}
	}
	w.report(changed, before, after)
}

func objectIn(v sdk.Value) (*sdk.Object, bool) {
	text, _ := v.Str()
	o, err := sdk.ParseObject([]byte(text))
	return o, err == nil
}

// arrays compares the elements of two arrays behind those that both begin with, and before those
// that both end with.
func (w *walker) arrays(a, b *sdk.Array) {
	n, m := a.Len(), b.Len()
	from := 0
	for from < n && from < m && same(a.At(from), b.At(from)) {
		from++
	}
	for n > from && m > from && same(a.At(n-1), b.At(m-1)) {
		n, m = n-1, m-1
	}
	for i := from; i < max(n, m); i++ {
		w.in(step{index: i}, func() {
			switch {
			case i >= n:
				w.report(added, sdk.Value{}, b.At(i))
			case i >= m:
				w.report(removed, a.At(i), sdk.Value{})
			default:
				w.values(a.At(i), b.At(i))
			}
		})
	}
}

// pathText spells a path: properties.items[].price; names with points or brackets in them, and
// others that would be unclear, stand in quotes. all replaces the numbers of elements by [].
func pathText(path []step, all bool) string {
	var b strings.Builder
	for _, s := range path {
		switch {
		case s.index >= 0 && all:
			b.WriteString("[]")
		case s.index >= 0:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case unclear(s.name):
			b.WriteString("[" + string(sdk.AppendString(nil, s.name)) + "]")
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.name)
		}
	}
	return b.String()
}

func unclear(name string) bool {
	return name == "" || strings.ContainsFunc(name, func(c rune) bool {
		return c <= ' ' || strings.ContainsRune(`.[]"\`, c)
	})
}
