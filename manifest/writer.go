package manifest

import (
	"bytes"
	"encoding/json"
)

// objectWriter makes a JSON object member by member.
type objectWriter struct {
	buf   []byte
	count int
}

// raw adds a member whose value is JSON already.
func (w *objectWriter) raw(name string, value []byte) {
	w.buf = append(appendString(comma(w.buf, w.count), name), ':')
	w.buf = append(w.buf, value...)
	w.count++
}

// text adds a member unless its value is empty.
func (w *objectWriter) text(name, value string) {
	if value != "" {
		w.raw(name, appendString(nil, value))
	}
}

// flag adds a member unless its value is false.
func (w *objectWriter) flag(name string, value bool) {
	if value {
		w.raw(name, []byte("true"))
	}
}

// done returns the object; w starts anew.
func (w *objectWriter) done() json.RawMessage {
	out := append(append([]byte{'{'}, w.buf...), '}')
	*w = objectWriter{}
	return out
}

// appendString appends s as a JSON string, without the escapes for HTML that json.Marshal adds.
func appendString(b []byte, s string) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte{'\n'})...)
}

// appendList appends JSON values as an array.
func appendList(b []byte, values []json.RawMessage) []byte {
	b = append(b, '[')
	for i, v := range values {
		b = append(comma(b, i), v...)
	}
	return append(b, ']')
}
