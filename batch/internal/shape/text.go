package shape

import "github.com/plugreel/plugreel/sdk"

// slabBytes is how much room for texts is made at a time.
const slabBytes = 64 << 10

// objectWriter writes the text of an object whose names need no escapes.
type objectWriter struct {
	buf  []byte
	from int // where the object begins in buf
}

// begin starts an object. It stands in memory that is never written again: a plugin may keep
// an event.
func (s *Shaper) begin() objectWriter {
	if cap(s.text)-len(s.text) < slabBytes/8 {
		s.text = make([]byte, 0, slabBytes)
	}
	return objectWriter{buf: s.text[len(s.text):]}
}

// member writes a member unless it is missing.
func (w *objectWriter) member(name string, v sdk.Value) {
	if v.Exists() {
		w.key(name)
		w.buf = v.AppendJSON(w.buf)
	}
}

// key begins a member.
func (w *objectWriter) key(name string) {
	w.separate()
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '"', ':')
}

// separate writes what stands before the name of a member.
func (w *objectWriter) separate() {
	c := byte('{')
	if len(w.buf) > w.from {
		c = ','
	}
	w.buf = append(w.buf, c)
}

// end makes an event of the object.
func (s *Shaper) end(w objectWriter) *sdk.PluginEvent {
	if len(w.buf) == 0 {
		w.buf = append(w.buf, '{')
	}
	w.buf = append(w.buf, '}')
	if n := len(s.text) + len(w.buf); n <= cap(s.text) {
		s.text = s.text[:n]
	}
	return s.Arena.KnownEvent(w.buf)
}
