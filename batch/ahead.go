package batch

import "context"

// aheadReader reads the next chunk while somebody looks at the last one.
type aheadReader struct {
	ChunkReader
	next chan answer // of one element; nil if nothing is being read
}

// answer is what a Next has returned.
type answer struct {
	chunk *Chunk
	err   error
}

func (r *aheadReader) Next(ctx context.Context) (*Chunk, error) {
	if r.next == nil {
		r.begin(ctx)
	}
	a := <-r.next
	r.next = nil
	if a.err == nil {
		r.begin(ctx)
	}
	return a.chunk, a.err
}

func (r *aheadReader) begin(ctx context.Context) {
	next := make(chan answer, 1)
	go func() {
		c, err := r.ChunkReader.Next(ctx)
		next <- answer{c, err}
	}()
	r.next = next
}

// Close waits for what is being read, which ends with its context.
func (r *aheadReader) Close() error {
	if r.next != nil {
		<-r.next
	}
	return r.ChunkReader.Close()
}
