package sdk

import "iter"

// Object is a JSON object over its original bytes.
//
// Nothing is decoded until it is read, and nothing is encoded unless it was written: AppendJSON
// copies all that is untouched byte for byte, number text, key order, duplicate names and escapes
// included. Members keep the order in which they stand; new ones go to the end.
//
// An Object that was read from another one is part of it: what is written to it is written to
// the event. A value that was given to Set is copied: later changes to it reach nobody.
//
// An Object and all that was read from it belong to one goroutine at a time.
type Object struct {
	root   *root
	parent *Object        // nil at the top
	src    []byte         // original text, from its opening to its closing brace
	ext    []byte         // text of names and values written since; only ever appended to
	mem    []member       // the index; see index
	kids   []*Object      // members that were read as containers
	names  map[string]int // positions in mem by name, for large objects
	attach string         // name under which the first write puts it into parent, "" once there
	prev   *Object        // state before the writes of the current epoch, nil in epoch 0; see save
	epoch  uint32         // of the last write, 0 if none
	flags  objectFlags
}

type objectFlags uint8

const (
	indexed      objectFlags = 1 << iota // mem is filled
	isArray                              // members have no names; see Array
	deduped                              // duplicates are marked
	dirty                                // it, or something inside it, was written
	detached                             // not in parent yet: see attach
	escapedNames                         // a member's name has escapes
	free                                 // made by Fork, and nobody's member
)

// root is what all objects of one tree share.
type root struct {
	arena   *Arena    // nil outside a replay
	epoch   uint32    // counts Checkpoints
	err     error     // of the first Set that failed
	dead    bool      // the event is over: see PluginEvent.Release
	written []*Object // objects written in this epoch, if it is not the first
	changes []change  // to members, in all epochs but the first
	ahead   ahead     // the properties' index, until they are first read
	last    lookup    // what was found last
}

// alive panics if the event is over.
func (r *root) alive() {
	if r.dead {
		panic("sdk: a PluginEvent was used after the hook that it was given to had returned")
	}
}

func (r *root) intern(text []byte) string {
	if r.arena == nil {
		return string(text)
	}
	return r.arena.intern(text)
}

// ParseObject returns the object that text holds; white space around it is allowed. The Object
// reads text as long as it lives: the caller must not change it.
// Errors: *[SyntaxError], also if the value is no object.
func ParseObject(text []byte) (*Object, error) {
	o := &Object{root: &root{}}
	if err := o.parse(text); err != nil {
		return nil, err
	}
	return o, nil
}

// NewObject returns an empty object.
func NewObject() *Object { return emptyObject(&root{}) }

// Clone returns an object of its own with the members that o has now, each name once: the last value,
// in the place of the first. The clone reads memory of its own and may be kept.
func (o *Object) Clone() *Object {
	o.dedupe()
	for i := range o.mem {
		if o.mem[i].flags&(gone|again) == again {
			return o.cloneMembers()
		}
	}
	return &Object{root: &root{}, src: o.AppendJSON(nil)}
}

func (o *Object) cloneMembers() *Object {
	clone := NewObject()
	o.Each(func(key string, v Value) bool {
		clone.SetValue(key, v)
		return true
	})
	return clone
}

var emptyText = []byte("{}")

func emptyObject(r *root) *Object {
	return &Object{root: r, src: emptyText, flags: indexed}
}

// parse validates text and indexes its top level in the same pass.
func (o *Object) parse(text []byte) error {
	if len(text) > maxText {
		return &SyntaxError{Reason: "text is longer than 4 GiB"}
	}
	s := scanner{b: text, ahead: o.root.lookAhead()}
	start := s.space(0)
	end, mem := s.indexObject(start, 1, o.root.scratch())
	if end < 0 || s.end(end) < 0 {
		return s.err
	}
	o.mem = o.root.keep(mem)
	o.root.keepAhead(s.ahead, start)
	if start > 0 {
		for i := range o.mem {
			o.mem[i].key -= uint32(start)
			o.mem[i].val -= uint32(start)
		}
	}
	o.src, o.flags = text[start:end:end], o.flags|indexed
	if s.escaped {
		o.flags |= escapedNames
	}
	return nil
}

// index makes mem. The text was validated when the event was read.
func (o *Object) index() {
	o.root.alive()
	if o.flags&indexed != 0 {
		return
	}
	mem, escaped := indexKnown(o.src, o.flags&isArray != 0, o.root.scratch())
	o.mem, o.flags = o.root.keep(mem), o.flags|indexed
	if escaped {
		o.flags |= escapedNames
	}
}

// Get returns the value at path, one name per level. Exists is false for the result if there is
// no such member; an empty path gives the object itself. Of duplicate names the last is read.
func (o *Object) Get(path ...string) Value {
	for n, key := range path {
		i := o.find(key)
		if i < 0 {
			return Value{}
		}
		if n == len(path)-1 {
			return o.value(i)
		}
		if o.mem[i].kind != KindObject {
			return Value{}
		}
		o = o.kid(i)
	}
	return Value{kind: KindObject, in: o, at: whole}
}

// Has says whether there is a value at path; null is one.
func (o *Object) Has(path ...string) bool { return o.Get(path...).Exists() }

// Len is the number of members, duplicates counted once.
func (o *Object) Len() int {
	o.dedupe()
	n := 0
	for i := range o.mem {
		if o.mem[i].flags&(gone|again) == 0 {
			n++
		}
	}
	return n
}

// Keys returns the names of all members in order, each once.
func (o *Object) Keys() []string {
	o.dedupe()
	keys := make([]string, 0, len(o.mem))
	for i := range o.mem {
		if m := &o.mem[i]; m.flags&(gone|again) == 0 {
			keys = append(keys, o.keyString(m))
		}
	}
	return keys
}

// Each calls f for every member in order until it returns false. f may change and delete
// members, also the current one; it need not see those that it adds.
func (o *Object) Each(f func(key string, v Value) bool) {
	o.dedupe()
	for i := 0; i < len(o.mem); i++ {
		m := &o.mem[i]
		if m.flags&(gone|again) != 0 {
			continue
		}
		key, at := o.keyString(m), i
		if m.flags&first != 0 {
			at = o.find(key)
		}
		if !f(key, o.value(at)) {
			return
		}
	}
}

// EachContainer calls f for every member that is an object or array, in order. f may read o, not write to it.
// For engines.
func (o *Object) EachContainer(f func(key string, v Value)) {
	o.dedupe()
	for i := range o.mem {
		m, at := &o.mem[i], i
		if m.flags&(gone|again) != 0 {
			continue
		}
		if m.flags&first != 0 {
			at = o.find(o.keyString(m))
		}
		if o.mem[at].kind >= KindArray {
			f(o.keyString(m), o.value(at))
		}
	}
}

// All is Each as an iterator: for key, v := range o.All().
func (o *Object) All() iter.Seq2[string, Value] { return o.Each }

// value makes the Value of member i.
func (o *Object) value(i int) Value {
	m := &o.mem[i]
	return Value{kind: m.kind, raw: o.valText(m), in: o, at: i}
}

// kid returns member i, an object or array, as part of o.
func (o *Object) kid(i int) *Object {
	m := &o.mem[i]
	if m.kid > 0 {
		return o.kids[m.kid-1]
	}
	k := o.root.object()
	*k = Object{root: o.root, parent: o, src: o.valText(m)}
	if m.kind == KindArray {
		k.flags = isArray
	} else if o.parent == nil && m.flags&valWritten == 0 {
		o.root.takeAhead(k, m.val)
	}
	o.addKid(k)
	m.kid = uint32(len(o.kids))
	return k
}

func (o *Object) addKid(k *Object) {
	if o.kids == nil {
		o.kids = o.root.kidList()
	}
	o.kids = append(o.kids, k)
}

// child returns the object member named key; if there is none, an empty one that puts itself
// there at its first write.
func (o *Object) child(key string) *Object {
	if i := o.find(key); i >= 0 && o.mem[i].kind == KindObject {
		return o.kid(i)
	}
	for _, k := range o.kids {
		if k.flags&detached != 0 && k.attach == key {
			return k
		}
	}
	k := o.root.object()
	*k = Object{root: o.root, parent: o, src: emptyText, attach: key, flags: indexed | detached}
	o.addKid(k)
	return k
}

// at returns o as it was at the end of epoch e.
func (o *Object) at(e uint32) *Object {
	if o.epoch <= e || o.prev == nil {
		return o
	}
	past := *o.prev
	for past.epoch > e && past.prev != nil {
		past = *past.prev
	}
	past.kids = o.kids
	past.mem = o.root.changedSince(past.mem, e)
	return &past
}

// now is the epoch that is never over.
const now = ^uint32(0)

// AppendJSON appends the object's text to dst. What was not written comes out as it came in.
func (o *Object) AppendJSON(dst []byte) []byte {
	o.root.alive()
	return o.appendAt(dst, now)
}

// appendAt appends the text that o had at the end of epoch e.
func (o *Object) appendAt(dst []byte, e uint32) []byte {
	o = o.at(e)
	if o.flags&dirty == 0 {
		return append(dst, o.src...)
	}
	opening, closing := byte('{'), byte('}')
	if o.flags&isArray != 0 {
		opening, closing = '[', ']'
	}
	dst = append(dst, opening)
	w := spanWriter{dst: dst, empty: len(dst), src: o.src}
	for i := range o.mem {
		m := &o.mem[i]
		switch {
		case m.flags&gone != 0:
		case o.clean(m, e):
			w.span(o.memberStart(m), int(m.val+m.valLen))
		default:
			w.written(o, m, e)
		}
	}
	w.flush()
	return append(w.dst, closing)
}

// clean says whether m stands in src as it is to be written.
func (o *Object) clean(m *member, e uint32) bool {
	return m.flags&(keyWritten|valWritten) == 0 && (m.kid == 0 || o.kids[m.kid-1].at(e).flags&dirty == 0)
}

// memberStart is where m's text begins in src.
func (o *Object) memberStart(m *member) int {
	if o.flags&isArray != 0 {
		return int(m.val)
	}
	return int(m.key) - 1
}

// spanWriter copies the clean members of an object in runs: as long as nothing but a comma and
// white space stands between two of them, they are copied as one span.
type spanWriter struct {
	dst      []byte
	empty    int // length of dst before the first member
	src      []byte
	from, to int // the open span, none if to is 0
}

func (w *spanWriter) span(from, to int) {
	if w.to > 0 && onlyComma(w.src[w.to:from]) {
		w.to = to
		return
	}
	w.flush()
	w.from, w.to = from, to
}

func onlyComma(gap []byte) bool {
	for _, c := range gap {
		if c != ',' && !isSpace(c) {
			return false
		}
	}
	return true
}

func (w *spanWriter) flush() {
	if w.to == 0 {
		return
	}
	w.comma()
	w.dst = append(w.dst, w.src[w.from:w.to]...)
	w.to = 0
}

func (w *spanWriter) comma() {
	if len(w.dst) > w.empty {
		w.dst = append(w.dst, ',')
	}
}

// written appends a member that is not in src as it is.
func (w *spanWriter) written(o *Object, m *member, e uint32) {
	w.flush()
	w.comma()
	if o.flags&isArray == 0 {
		w.dst = append(w.dst, '"')
		w.dst = append(w.dst, o.keyText(m)...)
		w.dst = append(w.dst, '"', ':')
	}
	w.dst = o.appendMember(w.dst, m, e)
}

// appendMember appends the text of m's value.
func (o *Object) appendMember(dst []byte, m *member, e uint32) []byte {
	if m.kid > 0 {
		return o.kids[m.kid-1].appendAt(dst, e)
	}
	return append(dst, o.valText(m)...)
}

// MarshalJSON returns the object's text; the error is always nil.
func (o *Object) MarshalJSON() ([]byte, error) { return o.AppendJSON(nil), nil }

// String is the object's text.
func (o *Object) String() string { return string(o.AppendJSON(nil)) }
