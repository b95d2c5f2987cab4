package batch

import (
	"context"
	"time"

	"github.com/plugreel/plugreel/batch/internal/watchdog"
)

// patientReader lets a run end while its source blocks, which nobody can interrupt if it is a
// terminal or a pipe.
type patientReader struct {
	ChunkReader
	lost bool // a Next is still under way
}

func (r *patientReader) Next(ctx context.Context) (*Chunk, error) {
	answers := make(chan answer, 1)
	go func() {
		c, err := r.ChunkReader.Next(ctx)
		answers <- answer{c, err}
	}()
	select {
	case a := <-answers:
		return a.chunk, a.err
	case <-ctx.Done():
	}
	select {
	case a := <-answers:
		return a.chunk, a.err
	case <-time.After(watchdog.Grace):
		r.lost = true
		return nil, ctx.Err()
	}
}

// Close leaves a source alone that is still being read.
func (r *patientReader) Close() error {
	if r.lost {
		return nil
	}
	return r.ChunkReader.Close()
}
