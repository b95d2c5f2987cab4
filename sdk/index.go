package sdk

// Kind is the type of a JSON value. The zero Kind means that there is no value.
type Kind uint8

// The kinds of JSON.
const (
	KindMissing Kind = iota
	KindNull
	KindBool
	KindNumber
	KindString
	KindArray
	KindObject
)

// String is the kind's name in JSON's words, "missing" for none.
func (k Kind) String() string {
	return [...]string{"missing", "null", "boolean", "number", "string", "array", "object"}[k]
}

// kindOf tells the kind of a valid value by its first byte.
func kindOf(c byte) Kind {
	switch c {
	case '"':
		return KindString
	case '{':
		return KindObject
	case '[':
		return KindArray
	case 't', 'f':
		return KindBool
	case 'n':
		return KindNull
	}
	return KindNumber
}

// member is one entry of an Object's index: where its name and its value stand. It holds no
// pointers, so that the collector need not look at indexes.
type member struct {
	key, keyLen uint32 // text of the name, without quotes, escapes not decoded
	val, valLen uint32 // text of the value
	kid         uint32 // 1 + position in Object.kids, 0 if never read as a container
	kind        Kind
	flags       memberFlags
}

type memberFlags uint8

const (
	keyWritten memberFlags = 1 << iota // the name is in ext, else in src
	valWritten                         // the value is in ext, else in src
	keyEscaped                         // the name has escapes
	gone                               // deleted
	first                              // later members have the same name; the last has the value
	again                              // an earlier member has the same name
)

// indexObject indexes the object that starts at i, appending to mem. It returns the offset
// behind it, or -1 with s.err set.
func (s *scanner) indexObject(i, depth int, mem []member) (int, []member) {
	if i >= len(s.b) || s.b[i] != '{' {
		return s.want(i, "an object"), mem
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == '}' {
		return i + 1, mem
	}
	for {
		if i >= len(s.b) || s.b[i] != '"' {
			return s.want(i, "a member name"), mem
		}
		key := i + 1
		end, escaped := s.str(i)
		if end < 0 {
			return -1, mem
		}
		if i = s.colon(end); i < 0 {
			return -1, mem
		}
		val := i
		if s.ahead != nil && string(s.b[key:end-1]) == propertiesName {
			i = s.properties(i, depth)
		} else {
			i = s.value(i, depth)
		}
		if i < 0 {
			return -1, mem
		}
		m := member{key: uint32(key), keyLen: uint32(end - 1 - key), val: uint32(val), valLen: uint32(i - val), kind: kindOf(s.b[val])}
		if escaped {
			m.flags = keyEscaped
			s.escaped = true
		}
		mem = append(mem, m)
		var more bool
		if i, more = s.next(i, '}'); !more {
			return i, mem
		}
	}
}

// propertiesName is the member that most plugins read.
const propertiesName = "properties"

// ahead is the index of an event's properties, made while the record is checked: to pass over
// them once is cheaper than to come back to them. It waits for the first read; see Object.kid.
type ahead struct {
	mem     []member
	at      uint32 // where the properties stand
	escaped bool
	scratch []member
}

// properties is value for the properties of an event.
func (s *scanner) properties(i, depth int) int {
	a := s.ahead
	if i >= len(s.b) || s.b[i] != '{' || a.mem != nil {
		return s.value(i, depth)
	}
	outer := s.escaped
	s.ahead, s.escaped = nil, false
	end, mem := s.indexObject(i, depth+1, a.scratch[:0])
	s.ahead, a.escaped = a, s.escaped
	s.escaped = outer
	for n := range mem {
		mem[n].key -= uint32(i)
		mem[n].val -= uint32(i)
	}
	a.mem, a.at = mem, uint32(i)
	return end
}

// largeObject is the number of members from which names are found through a map.
const largeObject = 64

// find returns the position of the member named key, -1 if there is none. Of duplicates it is
// the last.
func (o *Object) find(key string) int {
	o.index()
	if last := &o.root.last; last.in == o && last.key == key {
		return last.at
	}
	at := o.search(key)
	o.root.last = lookup{in: o, key: key, at: at}
	return at
}

// lookup is the outcome of a find. Plugins read a member, ask for it and write it in a row, which takes
// several. It holds until its object gains a name or loses one, or is
// restored.
type lookup struct {
	in  *Object
	key string
	at  int
}

func (o *Object) search(key string) int {
	if len(o.mem) > largeObject {
		return o.findLarge(key)
	}
	if o.flags&escapedNames != 0 {
		return o.findEscaped(key)
	}
	n := uint32(len(key))
	for i := len(o.mem) - 1; i >= 0; i-- {
		if o.mem[i].keyLen == n && o.named(&o.mem[i], key) {
			return i
		}
	}
	return -1
}

// findEscaped is find for objects some of whose names have escapes: such a name's text is longer
// than the name.
func (o *Object) findEscaped(key string) int {
	for i := len(o.mem) - 1; i >= 0; i-- {
		if m := &o.mem[i]; int(m.keyLen) >= len(key) && o.named(m, key) {
			return i
		}
	}
	return -1
}

// named says whether m is there and its name is key, which is no longer than the name's text.
func (o *Object) named(m *member, key string) bool {
	switch {
	case m.flags&gone != 0:
		return false
	case m.flags&keyEscaped != 0:
		return o.keyString(m) == key
	}
	return int(m.keyLen) == len(key) && string(o.keyText(m)) == key
}

func (o *Object) findLarge(key string) int {
	if o.names == nil {
		o.names = make(map[string]int, len(o.mem))
		for i := range o.mem {
			if m := &o.mem[i]; m.flags&gone == 0 {
				o.names[o.keyString(m)] = i
			}
		}
	}
	if i, ok := o.names[key]; ok {
		return i
	}
	return -1
}

// keyText is the text of m's name between its quotes.
func (o *Object) keyText(m *member) []byte {
	if m.flags&keyWritten != 0 {
		return o.ext[m.key : m.key+m.keyLen]
	}
	return o.src[m.key : m.key+m.keyLen]
}

// keyString is m's name, decoded, in memory of its own.
func (o *Object) keyString(m *member) string {
	text := o.keyText(m)
	if m.flags&keyEscaped != 0 {
		return unescape(text)
	}
	return o.root.intern(text)
}

// valText is the text of m's value as it was before anything was written inside it.
func (o *Object) valText(m *member) []byte {
	if m.flags&valWritten != 0 {
		return o.ext[m.val : m.val+m.valLen]
	}
	return o.src[m.val : m.val+m.valLen]
}

// dedupe marks members with the same name: an enumeration shows the name where it stands first,
// with the value that stands last, as JSON.parse does. Look-ups do not need the marks.
func (o *Object) dedupe() {
	o.index()
	if o.flags&(deduped|isArray) != 0 {
		return
	}
	o.flags |= deduped
	if len(o.mem) > largeObject {
		o.dedupeLarge()
		return
	}
	var seen [16]uint64
	for i := range o.mem {
		m := &o.mem[i]
		if m.flags&gone != 0 {
			continue
		}
		h := o.keyHash(m)
		word, bit := h>>6&15, uint64(1)<<(h&63)
		if seen[word]&bit != 0 {
			o.markAgain(i)
		}
		seen[word] |= bit
	}
}

// markAgain marks member i and the first one with its name, if there is one before it.
func (o *Object) markAgain(i int) {
	key := o.keyString(&o.mem[i])
	for j := range o.mem[:i] {
		if m := &o.mem[j]; m.flags&again == 0 && int(m.keyLen) >= len(key) && o.named(m, key) {
			m.flags |= first
			o.mem[i].flags |= again
			return
		}
	}
}

func (o *Object) dedupeLarge() {
	at := make(map[string]int, len(o.mem))
	for i := range o.mem {
		if o.mem[i].flags&gone != 0 {
			continue
		}
		key := o.keyString(&o.mem[i])
		if j, dup := at[key]; dup {
			o.mem[j].flags |= first
			o.mem[i].flags |= again
			continue
		}
		at[key] = i
	}
}

// keyHash tells most names of one object apart, cheaply.
func (o *Object) keyHash(m *member) uint32 {
	text := o.keyText(m)
	if m.flags&keyEscaped != 0 {
		text = []byte(unescape(text))
	}
	n := len(text)
	if n == 0 {
		return 0
	}
	h := uint32(text[0]) + 7*uint32(text[n/2]) + 31*uint32(text[n-1]) + 101*uint32(n)
	return h ^ h>>8
}
