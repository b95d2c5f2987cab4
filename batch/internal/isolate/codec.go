package isolate

import (
	"encoding/binary"
	"errors"
)

// ErrMalformed says that bytes from the other process make no sense.
var ErrMalformed = errors.New("isolate: malformed message")

// AppendInt appends a number.
func AppendInt(dst []byte, n int64) []byte { return binary.AppendVarint(dst, n) }

// AppendBytes appends a text with its length.
func AppendBytes[T ~string | ~[]byte](dst []byte, text T) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// AppendBool appends a flag.
func AppendBool(dst []byte, b bool) []byte {
	if b {
		return append(dst, 1)
	}
	return append(dst, 0)
}

// Decoder reads what the Append functions wrote. After a mistake everything is zero, and Err says
// so. It never panics, whatever the bytes, and allocates nothing.
type Decoder struct {
	data []byte
	err  error
}

// NewDecoder reads data. What it returns aliases data.
func NewDecoder(data []byte) *Decoder { return &Decoder{data: data} }

// Err is nil or [ErrMalformed].
func (d *Decoder) Err() error { return d.err }

// Fail makes the rest of the data unreadable.
func (d *Decoder) Fail() { d.data, d.err = nil, ErrMalformed }

// More says whether there is anything left.
func (d *Decoder) More() bool { return len(d.data) > 0 }

// Rest returns all that is left.
func (d *Decoder) Rest() []byte {
	rest := d.data
	d.data = nil
	return rest
}

// Int reads a number.
func (d *Decoder) Int() int64 {
	v, n := binary.Varint(d.data)
	if n <= 0 {
		d.Fail()
		return 0
	}
	d.data = d.data[n:]
	return v
}

// Below reads a number that is 0 or more, and less than limit.
func (d *Decoder) Below(limit int) int {
	n := d.Int()
	if n < 0 || n >= int64(limit) {
		d.Fail()
		return 0
	}
	return int(n)
}

// Bool reads a flag.
func (d *Decoder) Bool() bool {
	if len(d.data) == 0 {
		d.Fail()
		return false
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b != 0
}

// Bytes reads a text.
func (d *Decoder) Bytes() []byte {
	n, used := binary.Uvarint(d.data)
	if used <= 0 || n > uint64(len(d.data)-used) {
		d.Fail()
		return nil
	}
	text := d.data[used : used+int(n) : used+int(n)]
	d.data = d.data[used+int(n):]
	return text
}

// Text reads a text and copies it.
func (d *Decoder) Text() string { return string(d.Bytes()) }
