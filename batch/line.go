package batch

import (
	"encoding/base64"
	"strconv"

	"github.com/plugreel/plugreel/sdk"
)

// lineWriter appends one JSON object as a line.
type lineWriter struct {
	buf   []byte
	begun bool
}

func (w *lineWriter) key(name string) {
	c := byte('{')
	if w.begun {
		c = ','
	}
	w.begun = true
	w.buf = append(w.buf, c, '"')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '"', ':')
}

func (w *lineWriter) text(name, value string) {
	w.key(name)
	w.buf = sdk.AppendString(w.buf, value)
}

// some is text, but nothing if value is "".
func (w *lineWriter) some(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *lineWriter) number(name string, value int64) {
	w.key(name)
	w.buf = strconv.AppendInt(w.buf, value, 10)
}

func (w *lineWriter) raw(name string, value []byte) {
	w.key(name)
	w.buf = append(w.buf, value...)
}

func (w *lineWriter) base64(name string, value []byte) {
	w.key(name)
	w.buf = append(w.buf, '"')
	w.buf = base64.StdEncoding.AppendEncode(w.buf, value)
	w.buf = append(w.buf, '"')
}

func (w *lineWriter) end() []byte { return append(w.buf, '}', '\n') }
