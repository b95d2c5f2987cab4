package input

import "bytes"

// LineReader walks the lines of a chunk. It allocates nothing. Blank lines are lines.
type LineReader struct {
	data []byte
	off  int
}

// NewLineReader returns a reader of the lines of data. The lines alias data.
func NewLineReader(data []byte) LineReader { return LineReader{data: data} }

// Offset returns where the next line begins.
func (r *LineReader) Offset() int { return r.off }

// Next returns the next line without its line feed and without one carriage return before
// that, and its offset in the data. After the last line ok is false. Data that ends with a
// line feed has no further, empty line after it; a last line without a line feed keeps a
// carriage return at its end.
func (r *LineReader) Next() (line []byte, off int, ok bool) {
	off = r.off
	rest := r.data[off:]
	if len(rest) == 0 {
		return nil, off, false
	}
	n := bytes.IndexByte(rest, '\n')
	if n < 0 {
		r.off = len(r.data)
		return rest, off, true
	}
	r.off += n + 1
	if n > 0 && rest[n-1] == '\r' {
		n--
	}
	return rest[:n:n], off, true
}
