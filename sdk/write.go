package sdk

import (
	"fmt"
	"maps"
	"slices"
)

// SetError reports a value that Set could not take. The member kept its old value.
type SetError struct {
	Key string
	Err error
}

// Error is `set "key": cause`.
func (e *SetError) Error() string { return fmt.Sprintf("set %q: %v", e.Key, e.Err) }

// Unwrap returns the cause.
func (e *SetError) Unwrap() error { return e.Err }

// Set gives the member named key a new value: it is replaced where it stands, or added at the
// end. Of duplicates the last is replaced and the others go.
//
// v may be nil, a bool, any number, a string, a [Value], an *[Object] or *[Array], a time.Time, a
// slice, a map with string keys, or whatever encoding/json can encode; it is copied. NaN, an
// infinity, a cycle or an unsupported type changes nothing, and makes the hook fail with a
// *[SetError] after it returns.
func (o *Object) Set(key string, v any) {
	if text, ok := o.encode(key, v); ok {
		o.put(key, text)
	}
}

// SetValue is Set for a value that was read from an Object: it copies the text as it stands.
// A missing value deletes the member.
func (o *Object) SetValue(key string, v Value) {
	if !v.Exists() {
		o.Delete(key)
		return
	}
	o.own()
	o.reserve(len(v.raw) + len(key))
	o.put(key, o.appendExt(v.AppendJSON))
}

// SetPath is Set for the member at path, one name per level; objects that are missing on the way
// are made, and what is no object is replaced by one. An empty path does nothing.
func (o *Object) SetPath(path []string, v any) {
	if len(path) == 0 {
		return
	}
	last := len(path) - 1
	for _, key := range path[:last] {
		if o.Get(key).Kind() != KindObject {
			o.put(key, o.appendExt(appendEmptyObject))
		}
		o = o.kid(o.find(key))
	}
	o.Set(path[last], v)
}

// Delete removes the member at path and says whether there was one. Of duplicates all go.
func (o *Object) Delete(path ...string) bool {
	if len(path) == 0 {
		return false
	}
	last := len(path) - 1
	for _, key := range path[:last] {
		i := o.find(key)
		if i < 0 || o.mem[i].kind != KindObject {
			return false
		}
		o = o.kid(i)
	}
	if o.find(path[last]) < 0 {
		return false
	}
	o.own()
	i := o.find(path[last])
	o.removeDuplicates(i, path[last]) // while i is there to be found a duplicate
	o.change(i).flags |= gone
	o.root.last = lookup{}
	delete(o.names, path[last])
	return true
}

// SetAll is Set for every entry of a map, in the order of the keys.
func (o *Object) SetAll(members map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(members)) {
		o.Set(key, members[key])
	}
}

// Merge is Set for every member of from, in its order, like Object.assign in JavaScript. nil has none.
func (o *Object) Merge(from *Object) {
	if from == nil || from == o {
		return
	}
	from.Each(func(key string, v Value) bool {
		o.SetValue(key, v)
		return true
	})
}

// Rename gives the member named from another name and says whether there was one. It keeps its
// place and its value; another member that has the name already goes, and so do duplicates.
func (o *Object) Rename(from, to string) bool {
	if from == to || o.find(from) < 0 {
		return o.find(from) >= 0
	}
	o.Delete(to)
	o.own()
	i := o.find(from)
	o.removeDuplicates(i, from)
	o.writeName(o.change(i), to)
	if o.names != nil {
		delete(o.names, from)
		o.names[to] = i
	}
	return true
}

// DeleteFunc removes the members for which del returns true and returns their number. del may
// write to o as the function that [Object.Each] is given may.
func (o *Object) DeleteFunc(del func(key string, v Value) bool) int {
	n := 0
	o.Each(func(key string, v Value) bool {
		if del(key, v) && o.Delete(key) {
			n++
		}
		return true
	})
	return n
}

// span is a text in Object.ext.
type span struct{ at, len uint32 }

// encode appends the JSON of v to ext.
func (o *Object) encode(key string, v any) (span, bool) {
	var err error
	text := o.appendExt(func(dst []byte) []byte {
		n := len(dst)
		if dst, err = appendAny(dst, v, 0); err != nil {
			return dst[:n]
		}
		return dst
	})
	if err != nil {
		o.fail(&SetError{Key: key, Err: err})
		return span{}, false
	}
	return text, true
}

// fail notes the first error of a write, for the host to find when the hook has returned.
func (o *Object) fail(err error) {
	if o.root.err == nil {
		o.root.err = err
	}
}

// appendExt appends what f appends to ext.
func (o *Object) appendExt(f func([]byte) []byte) span {
	o.own()
	if o.ext == nil {
		o.ext = o.root.bytes(firstText)
	}
	n := len(o.ext)
	o.ext = f(o.ext)
	return span{uint32(n), uint32(len(o.ext) - n)}
}

// reserve makes room for n more bytes in ext, in one piece.
func (o *Object) reserve(n int) {
	if cap(o.ext)-len(o.ext) < n {
		o.ext = append(o.root.bytes(max(firstText, len(o.ext)+n)), o.ext...)
	}
}

// put makes text the value of key. The caller has called own.
func (o *Object) put(key string, text span) {
	i := o.find(key)
	if i < 0 {
		o.add(key, text)
		return
	}
	o.replace(i, text)
	o.removeDuplicates(i, key)
}

func (o *Object) replace(i int, text span) {
	m := o.change(i)
	m.val, m.valLen, m.kid = text.at, text.len, 0
	m.kind = kindOf(o.ext[text.at])
	m.flags |= valWritten
}

// removeDuplicates removes the members before i, the last one named key, that have its name.
func (o *Object) removeDuplicates(i int, key string) {
	if o.names != nil {
		if o.dedupe(); o.mem[i].flags&again == 0 {
			return
		}
	}
	if o.mem[i].flags&again != 0 {
		o.change(i).flags &^= again
	}
	for j := range o.mem[:i] {
		if m := &o.mem[j]; int(m.keyLen) >= len(key) && o.named(m, key) {
			o.change(j).flags |= gone
		}
	}
}

func (o *Object) add(key string, text span) {
	m := member{val: text.at, valLen: text.len, kind: kindOf(o.ext[text.at]), flags: valWritten}
	o.writeName(&m, key)
	if o.names != nil {
		o.names[key] = len(o.mem)
	}
	o.mem = append(o.mem, m)
}

// writeName gives m a name.
func (o *Object) writeName(m *member, key string) {
	o.root.last = lookup{}
	name := o.appendExt(func(dst []byte) []byte { return appendEscaped(dst, key) })
	m.key, m.keyLen = name.at, name.len
	m.flags = m.flags&^keyEscaped | keyWritten
	if int(name.len) != len(key) || string(o.ext[name.at:name.at+name.len]) != key {
		m.flags |= keyEscaped
		o.flags |= escapedNames
	}
}

// own prepares o and everything around it for a write: it puts o into its parent if it is not
// there yet, keeps the state before the current epoch for those who may still read it, and marks
// the way to the top as dirty.
func (o *Object) own() {
	o.index()
	for p := o; p != nil; p = p.parent {
		if p.flags&dirty != 0 && p.epoch == p.root.epoch {
			return
		}
		p.index()
		if p.epoch != p.root.epoch {
			p.save()
		}
		p.flags |= dirty
		if p.flags&detached != 0 {
			p.flags &^= detached
			p.parent.adopt(p)
		}
	}
}

// save keeps o's state in o.prev. What they share is only appended to, but for the members, whose
// changes are noted.
func (o *Object) save() {
	before := o.root.object()
	*before = *o
	before.names = nil
	o.prev, o.epoch = before, o.root.epoch
	o.root.written = append(o.root.written, o)
}

// change is what a member was before it was changed in an epoch.
type change struct {
	to    *member
	at    uint32 // its position
	epoch uint32
	was   member
}

// change returns member i, which is about to be changed. The caller has called own.
func (o *Object) change(i int) *member {
	m := &o.mem[i]
	if r := o.root; r.epoch > 0 {
		r.changes = append(r.changes, change{to: m, at: uint32(i), epoch: r.epoch, was: *m})
	}
	return m
}

// undo takes back the changes of the current epoch.
func (r *root) undo() {
	n := len(r.changes)
	for ; n > 0 && r.changes[n-1].epoch == r.epoch; n-- {
		*r.changes[n-1].to = r.changes[n-1].was
	}
	r.changes = r.changes[:n]
	for _, o := range r.written {
		kids := o.kids
		*o = *o.prev
		o.kids, o.ext = kids, o.ext[:len(o.ext):len(o.ext)] // what was taken back stays what it was for who has read it
	}
	r.written = r.written[:0]
}

// changedSince returns a copy of mem, the index of an object, as it was at the end of epoch e.
func (r *root) changedSince(mem []member, e uint32) []member {
	past := slices.Clone(mem)
	for n := len(r.changes) - 1; n >= 0 && r.changes[n].epoch > e; n-- {
		if c := &r.changes[n]; int(c.at) < len(mem) && &mem[c.at] == c.to {
			past[c.at] = c.was
		}
	}
	return past
}

// adopt makes k, an object that was handed out for a missing member, the value of that member.
func (o *Object) adopt(k *Object) {
	o.put(k.attach, o.appendExt(appendEmptyObject))
	o.mem[o.find(k.attach)].kid = uint32(1 + slices.Index(o.kids, k))
}

func appendEmptyObject(dst []byte) []byte { return append(dst, "{}"...) }
