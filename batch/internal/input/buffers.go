package input

// Buffers supplies the memory of chunks. A [Splitter] calls it from the goroutine that
// calls Next; the consumer, who may hand back chunks from elsewhere, makes it safe for that.
type Buffers interface {
	// Get returns a slice of length 0 and a capacity of at least size bytes.
	Get(size int) []byte
	// Put takes back what Get returned, or Data of a chunk, when nothing refers to it any
	// more.
	Put(buf []byte)
}

// fresh allocates each buffer and leaves it to the garbage collector.
type fresh struct{}

func (fresh) Get(size int) []byte { return make([]byte, 0, size) }
func (fresh) Put([]byte)          {}

// Pool is a Buffers that keeps what it gets back, up to a fixed number of buffers. It may be
// used by several goroutines and several splitters at once.
type Pool struct {
	free chan []byte
	max  int
}

// NewPool returns an empty pool that keeps at most count buffers, none of them larger than
// max bytes.
func NewPool(count, max int) *Pool {
	return &Pool{free: make(chan []byte, count), max: max}
}

// Get returns a buffer that was put back, if one of them is large enough, or a new one.
func (p *Pool) Get(size int) []byte {
	select {
	case buf := <-p.free:
		if cap(buf) >= size {
			return buf[:0]
		}
	default:
	}
	return make([]byte, 0, size)
}

// Put keeps buf for a later Get, or drops it if it is too large or the pool is full.
func (p *Pool) Put(buf []byte) {
	if cap(buf) == 0 || cap(buf) > p.max {
		return
	}
	select {
	case p.free <- buf:
	default:
	}
}
