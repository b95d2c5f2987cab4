package sdk

// Arena gives the events of one worker their memory, in slabs: a chunk of events costs a few
// allocations, not a few per event. Nothing that was handed out is ever used again, so that an
// event which a plugin keeps stays readable; the collector frees slabs that nobody refers to.
//
// For hosts. An Arena belongs to one goroutine at a time.
type Arena struct {
	events  []PluginEvent
	objects []Object
	kids    []*Object // of lists
	members []member
	text    []byte
	names   map[string]string // interned member names
	working []member          // index in the making
	ahead   ahead             // likewise, of the properties
	spared  int               // events in a row of which nobody has read an object
	whole   slabs             // the slabs in use from their beginnings
}

// slabs are what an Arena hands memory out of.
type slabs struct {
	events  []PluginEvent
	objects []Object
	kids    []*Object
	members []member
	text    []byte
}

// Sizes of slabs, in elements.
const (
	eventSlab  = 64
	objectSlab = 128
	kidSlab    = 256
	memberSlab = 4096
	textSlab   = 64 << 10
	firstText  = 192 // bytes that an Object gets for its first write
	firstKids  = 2   // containers that an Object has room for when the first one is read

	roomForMembers = 8 // members that an Object has room for beyond those that it was read with

	enoughSpared = 64 // events without a reader of their properties, after which those are not indexed ahead

	maxNames   = 4096 // names interned
	maxNameLen = 64   // bytes of a name that is interned
)

// NewArena returns an empty Arena.
func NewArena() *Arena {
	return &Arena{names: make(map[string]string), working: make([]member, 0, 256)}
}

// Event returns the event that record holds: exactly one JSON object. It is checked whole and
// indexed at its top level in one pass. The event reads record as long as it lives: nobody may
// change it.
// Errors: *[SyntaxError].
func (a *Arena) Event(record []byte) (*PluginEvent, error) {
	e := a.newEvent()
	if err := e.parse(record); err != nil {
		return nil, err
	}
	return e, nil
}

// KnownEvent is Event for a text that is known to be one JSON object without white space around it,
// because this package wrote it: it is not checked, and indexed when it is first read. For hosts.
func (a *Arena) KnownEvent(text []byte) *PluginEvent {
	e := a.newEvent()
	e.src = text
	return e
}

func (a *Arena) newEvent() *PluginEvent {
	if len(a.events) == 0 {
		a.events = make([]PluginEvent, eventSlab)
		a.whole.events = a.events
	}
	e := &a.events[0]
	a.events = a.events[1:]
	e.own.arena = a
	a.spared++
	e.root = &e.own
	return e
}

// Reset lets go of the slabs in use, so that what comes next shares no memory with the events
// so far. Hosts call it between chunks.
func (a *Arena) Reset() {
	a.events, a.objects, a.kids, a.members, a.text = nil, nil, nil, nil, nil
	a.whole = slabs{}
}

// Rewind ends the life of all events so far: the next ones overwrite them and everything that was
// read from them, so that reading an archive allocates next to nothing. For hosts that have
// shown no event to a plugin.
func (a *Arena) Rewind() {
	w := &a.whole
	clear(w.events[:len(w.events)-len(a.events)])
	clear(w.objects[:len(w.objects)-len(a.objects)])
	clear(w.kids[:len(w.kids)-len(a.kids)])
	a.events, a.objects, a.kids, a.members, a.text = w.events, w.objects, w.kids, w.members, w.text
}

// Recycle lets the next events have the memory of the indexes and texts of those so far. The events
// themselves are not used again: reading one that was released panics, as ever. For hosts that have
// released them all, and whose plugins are kept from reading them.
func (a *Arena) Recycle() { a.members, a.text = a.whole.members, a.whole.text }

func (a *Arena) intern(text []byte) string {
	if s, ok := a.names[string(text)]; ok {
		return s
	}
	s := string(text)
	if len(s) <= maxNameLen && len(a.names) < maxNames {
		a.names[s] = s
	}
	return s
}

// object returns a zero Object.
func (r *root) object() *Object {
	if r.arena == nil {
		return new(Object)
	}
	a := r.arena
	if len(a.objects) == 0 {
		a.objects = make([]Object, objectSlab)
		a.whole.objects = a.objects
	}
	o := &a.objects[0]
	a.objects = a.objects[1:]
	return o
}

// kidList returns an empty list of containers.
func (r *root) kidList() []*Object {
	if r.arena == nil {
		return nil
	}
	a := r.arena
	if len(a.kids) < firstKids {
		a.kids = make([]*Object, kidSlab)
		a.whole.kids = a.kids
	}
	list := a.kids[:0:firstKids]
	a.kids = a.kids[firstKids:]
	return list
}

// scratch returns an empty index to build one in; keep makes it permanent.
func (r *root) scratch() []member {
	if r.arena == nil {
		return nil
	}
	return r.arena.working[:0]
}

// lookAhead returns the place for the index of the properties, nil outside a replay and if nobody reads them.
func (r *root) lookAhead() *ahead {
	if r.arena == nil || r.arena.spared > enoughSpared {
		return nil
	}
	a := &r.arena.ahead
	a.mem = nil
	return a
}

// keepAhead gives the index of the properties memory of its own. The object begins at start.
func (r *root) keepAhead(a *ahead, start int) {
	if a == nil || a.mem == nil {
		return
	}
	if cap(a.mem) <= memberSlab {
		a.scratch = a.mem[:0]
	}
	r.ahead = ahead{mem: r.copyIndex(a.mem), at: a.at - uint32(start), escaped: a.escaped}
}

// takeAhead gives k, the member that stands at val, its index if it is there already.
func (r *root) takeAhead(k *Object, val uint32) {
	if r.arena != nil {
		r.arena.spared = 0
	}
	if r.ahead.mem == nil || r.ahead.at != val {
		return
	}
	k.mem, k.flags = r.ahead.mem, k.flags|indexed
	if r.ahead.escaped {
		k.flags |= escapedNames
	}
	r.ahead.mem = nil
}

// keep returns mem, which was built in scratch, in memory of its own.
func (r *root) keep(mem []member) []member {
	a := r.arena
	if a == nil {
		return mem
	}
	if cap(mem) <= memberSlab {
		a.working = mem[:0]
	}
	return r.copyIndex(mem)
}

// copyIndex returns a copy of mem with room for more members.
func (r *root) copyIndex(mem []member) []member {
	n := len(mem) + roomForMembers
	a := r.arena
	if a == nil || n > memberSlab/8 {
		return append(make([]member, 0, n), mem...)
	}
	if len(a.members) < n {
		a.members = make([]member, memberSlab)
		a.whole.members = a.members
	}
	kept := a.members[:copy(a.members, mem):n]
	a.members = a.members[n:]
	return kept
}

// bytes returns an empty buffer of n bytes for what is written to an Object.
func (r *root) bytes(n int) []byte {
	a := r.arena
	if a == nil || n > textSlab/8 {
		return make([]byte, 0, n)
	}
	if len(a.text) < n {
		a.text = make([]byte, textSlab)
		a.whole.text = a.text
	}
	b := a.text[:0:n]
	a.text = a.text[n:]
	return b
}
