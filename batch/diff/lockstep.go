package diff

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/plugreel/plugreel/sdk"
)

// lockstep compares two valid JSON objects by their texts, in one pass over both at the same time,
// as long as their members stand in the same order but for some that only one has. Most of two
// results of one record is the same bytes, and only looked at to find where members end. It finds
// what walker.objects finds, maybe in another order; where that is not certain, because there are
// duplicate or escaped names, it gives up.
type lockstep struct {
	a, b []byte
	walk walker // for values that differ

	shift, since, differs int // a[i] is b[i+shift] for i from since up to differs

	// Of the object at hand, behind those of the objects around it; see level.
	path         [][]byte // names with their quotes
	shared       [][]byte // names of members that were met in both texts at the same time
	onlyA, onlyB []entry  // other members
	touched      [][]byte // names of members that differ, or hold some that do

	steps []step // of found, one path behind the other
	found []finding
	names map[string]string
}

// level is where the lists of an object begin.
type level struct{ shared, onlyA, onlyB, touched int }

// entry is a member: its name with quotes, and where its value stands.
type entry struct {
	name     []byte
	from, to int
	matched  bool
}

// finding is a difference.
type finding struct {
	from, to      int // of the path in steps
	kind          kind
	before, after sdk.Value
}

// maxPairs is how many comparisons of names are worth while before an index is better.
const maxPairs = 1 << 14

// each calls found for each difference of two objects. texts is as in walker.
func (l *lockstep) each(a, b []byte, texts string, found func(path []step, k kind, before, after sdk.Value)) {
	if l.run(a, b, texts) {
		for _, f := range l.found {
			found(l.steps[f.from:f.to], f.kind, f.before, f.after)
		}
		return
	}
	w := walker{texts: texts, found: found}
	w.values(sdk.RawValue(a), sdk.RawValue(b))
}

// run compares two objects without white space around them. It says whether it did: if not,
// nothing that was found is to be used.
func (l *lockstep) run(a, b []byte, texts string) bool {
	l.a, l.b = a, b
	l.shift, l.since, l.differs = 0, 0, -1
	l.path, l.shared, l.touched, l.onlyA, l.onlyB = l.path[:0], l.shared[:0], l.touched[:0], l.onlyA[:0], l.onlyB[:0]
	l.steps, l.found = l.steps[:0], l.found[:0]
	l.walk = walker{texts: texts, found: l.keep}
	_, _, ok := l.object(0, 0)
	return ok
}

// keep notes a difference at the path of walk.
func (l *lockstep) keep(path []step, k kind, before, after sdk.Value) {
	from := len(l.steps)
	l.steps = append(l.steps, path...)
	l.found = append(l.found, finding{from, len(l.steps), k, before, after})
}

// equal says whether a[i:i+n] and one byte more is the same as at b[j].
func (l *lockstep) equal(i, j, n int) bool {
	if j-i != l.shift || i < l.since || i > l.differs {
		l.shift, l.since, l.differs = j-i, i, i+common(l.a[i:], l.b[j:])
	}
	return i+n < l.differs
}

// common is the length of what two texts begin with in common.
func common(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// object compares the objects that begin at a[i] and b[j], and returns where they end.
func (l *lockstep) object(i, j int) (endA, endB int, ok bool) {
	here := level{len(l.shared), len(l.onlyA), len(l.onlyB), len(l.touched)}
	i, j = space(l.a, i+1), space(l.b, j+1)
	for l.a[i] == '"' || l.b[j] == '"' {
		n, both := l.name(i, j)
		if !both {
			i, j = l.lone(i, j)
			continue
		}
		name := l.a[i : i+n]
		l.shared = append(l.shared, name)
		if i, j, ok = l.member(name, colon(l.a, i+n), colon(l.b, j+n)); !ok {
			return 0, 0, false
		}
		i, j = comma(l.a, i), comma(l.b, j)
	}
	ok = l.rest(here) && l.certain(here)
	l.shared, l.touched = l.shared[:here.shared], l.touched[:here.touched]
	l.onlyA, l.onlyB = l.onlyA[:here.onlyA], l.onlyB[:here.onlyB]
	return i + 1, j + 1, ok
}

// name returns the length of the name at a[i], and says whether it stands at b[j] too.
func (l *lockstep) name(i, j int) (n int, both bool) {
	if l.a[i] != '"' || l.b[j] != '"' {
		return 0, false
	}
	n = skipString(l.a, i) - i
	return n, l.equal(i, j, n) || bytes.HasPrefix(l.b[j:], l.a[i:i+n])
}

// lone sets members aside where the names at a[i] and b[j] are not the same: that of one text if they
// are the same behind it, or else those of both. It returns what is to be compared next.
func (l *lockstep) lone(i, j int) (nextA, nextB int) {
	switch {
	case l.b[j] != '"':
		return aside(&l.onlyA, l.a, i), j
	case l.a[i] != '"':
		return i, aside(&l.onlyB, l.b, j)
	}
	nextA = aside(&l.onlyA, l.a, i)
	if _, both := l.name(nextA, j); both {
		return nextA, j
	}
	nextB = aside(&l.onlyB, l.b, j)
	if _, both := l.name(i, nextB); both {
		l.onlyA = l.onlyA[:len(l.onlyA)-1]
		return i, nextB
	}
	return nextA, nextB
}

// aside puts the member at i into a list, and returns where the next one stands.
func aside(list *[]entry, text []byte, i int) (next int) {
	n := skipString(text, i)
	from := colon(text, n)
	to := skipValue(text, from)
	*list = append(*list, entry{name: text[i:n], from: from, to: to})
	return comma(text, to)
}

// member compares the values at a[i] and b[j] and returns where they end.
func (l *lockstep) member(name []byte, i, j int) (endA, endB int, ok bool) {
	before := len(l.found)
	if l.a[i] == '{' && l.b[j] == '{' {
		l.path = append(l.path, name)
		endA, endB, ok = l.object(i, j)
		l.path = l.path[:len(l.path)-1]
	} else {
		endA = skipValue(l.a, i)
		if l.equal(i, j, endA-i) {
			return endA, j + endA - i, true
		}
		endB, ok = skipValue(l.b, j), true
		l.differ(name, sdk.RawValue(l.a[i:endA]), sdk.RawValue(l.b[j:endB]))
	}
	if len(l.found) > before {
		l.touched = append(l.touched, name)
	}
	return endA, endB, ok
}

// differ compares two values, one of which may be missing.
func (l *lockstep) differ(name []byte, before, after sdk.Value) {
	l.walk.path = l.walk.path[:0]
	for _, name := range l.path {
		l.walk.path = append(l.walk.path, l.step(name))
	}
	l.walk.path = append(l.walk.path, l.step(name))
	if !before.Exists() {
		l.walk.report(added, before, after)
		return
	}
	l.walk.values(before, after)
}

// step makes a step of a name without escapes.
func (l *lockstep) step(quoted []byte) step {
	name, ok := l.names[string(inside(quoted))]
	if !ok {
		name = string(inside(quoted))
		if l.names == nil || len(l.names) > MaxPaths {
			l.names = map[string]string{}
		}
		l.names[name] = name
	}
	return step{name, -1}
}

// rest compares the members that were set aside. It says whether it could.
func (l *lockstep) rest(here level) bool {
	endA, endB := len(l.onlyA), len(l.onlyB) // comparing goes beyond
	if (endA-here.onlyA)*(endB-here.onlyB) > maxPairs {
		return false
	}
	for n := here.onlyA; n < endA; n++ {
		x := l.onlyA[n]
		y := l.match(x.name, here.onlyB, endB)
		if y == nil {
			l.differ(x.name, sdk.RawValue(l.a[x.from:x.to]), sdk.Value{})
			l.touched = append(l.touched, x.name)
			continue
		}
		if _, _, ok := l.member(x.name, x.from, y.from); !ok {
			return false
		}
	}
	for n := here.onlyB; n < endB; n++ {
		if y := l.onlyB[n]; !y.matched {
			l.differ(y.name, sdk.Value{}, sdk.RawValue(l.b[y.from:y.to]))
			l.touched = append(l.touched, y.name)
		}
	}
	return true
}

// match takes the entry of a name out of those from onlyB[from] on that have no match yet; nil if there
// is none.
func (l *lockstep) match(name []byte, from, to int) *entry {
	for n := from; n < to; n++ {
		if y := &l.onlyB[n]; !y.matched && bytes.Equal(y.name, name) {
			y.matched = true
			return y
		}
	}
	return nil
}

// certain says that no name of a member that differs is there twice, in whatever spelling.
func (l *lockstep) certain(here level) bool {
	touched := l.touched[here.touched:]
	if len(touched) == 0 {
		return true
	}
	shared, onlyA, onlyB := l.shared[here.shared:], l.onlyA[here.onlyA:], l.onlyB[here.onlyB:]
	if len(touched)*(len(shared)+len(onlyA)+len(onlyB)) > maxPairs {
		return false
	}
	if slices.ContainsFunc(shared, escaped) || slices.ContainsFunc(onlyA, entry.escaped) || slices.ContainsFunc(onlyB, entry.escaped) {
		return false
	}
	for _, name := range touched {
		is := func(other []byte) bool { return bytes.Equal(name, other) }
		named := func(e entry) bool { return is(e.name) }
		n := occurrences(shared, is)
		if n+occurrences(onlyA, named) > 1 || n+occurrences(onlyB, named) > 1 {
			return false
		}
	}
	return true
}

func escaped(name []byte) bool { return bytes.IndexByte(name, '\\') >= 0 }

func (e entry) escaped() bool { return escaped(e.name) }

func occurrences[T any](list []T, is func(T) bool) int {
	n := 0
	for _, v := range list {
		if is(v) {
			n++
		}
	}
	return n
}

// space skips white space.
func space(text []byte, i int) int {
	for text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r' {
		i++
	}
	return i
}

// colon skips a colon and the white space around it.
func colon(text []byte, i int) int { return space(text, space(text, i)+1) }

// comma skips a comma, if there is one, and the white space around it.
func comma(text []byte, i int) int {
	if i = space(text, i); text[i] == ',' {
		i = space(text, i+1)
	}
	return i
}

// skipValue returns where the value at i ends.
func skipValue(text []byte, i int) int {
	switch text[i] {
	case '"':
		return skipString(text, i)
	case '{', '[':
		return skipContainer(text, i)
	}
	for {
		switch text[i] {
		case ',', ']', '}', ' ', '\n', '\t', '\r':
			return i
		}
		i++
	}
}

func skipContainer(text []byte, i int) int {
	depth := 0
	for {
		switch text[i] {
		case '"':
			i = skipString(text, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		i++
		if depth == 0 {
			return i
		}
	}
}

func skipString(text []byte, i int) int {
	for i++; ; i++ {
		switch text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
}
