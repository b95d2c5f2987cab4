package batch_test

import (
	"context"
	"fmt"
	"io"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
)

// manyChunks is a source of its own: n chunks of one record, counted as they are read.
type manyChunks struct{ n, read int }

func (s *manyChunks) Open(context.Context, batch.ReadOptions) (batch.ChunkReader, error) {
	return s, nil
}
func (s *manyChunks) Close() error { return nil }

func (s *manyChunks) Next(context.Context) (*batch.Chunk, error) {
	if s.read == s.n {
		return nil, io.EOF
	}
	s.read++
	return &batch.Chunk{Source: "many", Format: "plain", Line: int64(s.read), Data: fmt.Appendf(nil, `{"n":%d}`, s.read)}, nil
}

// stuckWriter takes nothing until it is released.
type stuckWriter struct {
	release chan struct{}
	lines   int
}

func (w *stuckWriter) Write(p []byte) (int, error) {
	<-w.release
	w.lines++
	return len(p), nil
}

func TestChunksInUseAreBounded(t *testing.T) {
	for _, workers := range []int{1, 4} {
		synctest.Test(t, func(t *testing.T) {
			src, out := &manyChunks{n: 100}, &stuckWriter{release: make(chan struct{})}
			done := make(chan error)
			go func() {
				report, err := batch.Run(t.Context(), batch.Chain{hello()}, src, batch.Writer(out), batch.Options{Workers: workers})
				assert.EqualValues(t, 100, report.Counts.Written)
				assert.Len(t, report.Sources, 1)
				done <- err
			}()
			synctest.Wait()
			assert.Equal(t, workers+2, src.read, "read while nothing can be written")
			close(out.release)
			require.NoError(t, <-done)
			assert.Equal(t, 100, out.lines)
		})
	}
}
