package isolate

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// MaxFrame is the longest body of a frame, in bytes.
const MaxFrame = 1 << 30

const headerSize = 9 // length, kind, number

// Frame is one message.
type Frame struct {
	Kind   byte
	Number uint32 // pairs an answer with its question
	Body   []byte
}

// Conn sends and receives frames. Send may be called from several goroutines, Receive from one.
type Conn struct {
	r  io.ReadCloser
	mu sync.Mutex
	w  io.WriteCloser

	trusting bool // the other side is believed how much it will send
}

// NewConn talks through r and w, which it owns.
func NewConn(r io.ReadCloser, w io.WriteCloser) *Conn { return &Conn{r: r, w: w} }

// Send sends one frame, whose body is the parts.
func (c *Conn) Send(kind byte, number uint32, parts ...[]byte) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	if size > MaxFrame {
		return fmt.Errorf("isolate: got a message of %d bytes, want at most %d", size, MaxFrame)
	}
	head := make([]byte, headerSize, headerSize+smallPart)
	binary.LittleEndian.PutUint32(head, uint32(size))
	head[4] = kind
	binary.LittleEndian.PutUint32(head[5:], number)
	c.mu.Lock()
	defer c.mu.Unlock()
	return writeParts(c.w, head, parts)
}

// smallPart is how long a part may be to be copied rather than written on its own.
const smallPart = 4 << 10

func writeParts(w io.Writer, buf []byte, parts [][]byte) error {
	for _, p := range parts {
		if len(p) <= cap(buf)-len(buf) {
			buf = append(buf, p...)
			continue
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		buf = buf[:0]
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	if len(buf) == 0 {
		return nil
	}
	_, err := w.Write(buf)
	return err
}

// Receive waits for the next frame. The body is the caller's. In a parent, memory for a body is
// taken as its bytes come: a length alone takes none.
func (c *Conn) Receive() (Frame, error) {
	var head [headerSize]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return Frame{}, err
	}
	size := int(binary.LittleEndian.Uint32(head[:]))
	if size > MaxFrame {
		return Frame{}, ErrMalformed
	}
	f := Frame{Kind: head[4], Number: binary.LittleEndian.Uint32(head[5:])}
	first := step
	if c.trusting {
		first = size
	}
	body, err := readBody(c.r, size, first)
	f.Body = body
	return f, err
}

// step is how much of a body is read before more memory is taken for it.
const step = 4 << 20

func readBody(r io.Reader, size, first int) ([]byte, error) {
	body := make([]byte, min(size, first))
	for read := 0; ; {
		if _, err := io.ReadFull(r, body[read:]); err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		if read = len(body); read == size {
			return body, nil
		}
		grown := make([]byte, min(size, 2*read))
		copy(grown, body)
		body = grown
	}
}

// Close closes both directions.
func (c *Conn) Close() {
	_ = c.r.Close()
	_ = c.w.Close()
}
