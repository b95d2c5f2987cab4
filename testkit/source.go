package testkit

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/plugreel/plugreel/batch"
)

// singles is a source that gives every record a chunk of its own, so that what a run writes can
// be told apart by record, and its clock moves on between records.
type singles struct {
	source batch.Source

	mu    sync.Mutex
	lines []record // that were handed out, in order
}

// record is a line of a source.
type record struct {
	source string
	line   int64
	text   string
}

func (s *singles) Open(ctx context.Context, o batch.ReadOptions) (batch.ChunkReader, error) {
	inner, err := s.source.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return &singleReader{ChunkReader: inner, source: s}, nil
}

// hand notes a record that is handed out.
func (s *singles) hand(r record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, r)
}

// handed returns record i, which was read before.
func (s *singles) handed(i int) record {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines[i]
}

// singleReader cuts the chunks of another reader into lines.
type singleReader struct {
	batch.ChunkReader
	source *singles
	rest   *batch.Chunk // nil if there is none
}

func (r *singleReader) Next(ctx context.Context) (*batch.Chunk, error) {
	if r.rest == nil {
		c, err := r.ChunkReader.Next(ctx)
		if err != nil {
			return nil, err
		}
		copied := *c // what frees its memory stays behind
		r.rest = &copied
	}
	c := r.cut()
	if len(c.Data) > 0 || c.Damage != nil {
		r.source.hand(record{c.Source, c.Line, string(bytes.TrimRight(c.Data, "\r\n"))})
	}
	return c, nil
}

// cut takes the first line off the rest. Damage comes after the last line, alone.
func (r *singleReader) cut() *batch.Chunk {
	c := *r.rest
	end := bytes.IndexByte(c.Data, '\n') + 1
	if end == 0 {
		end = len(c.Data)
	}
	if c.Oversize > 0 || end == len(c.Data) && (c.Damage == nil || end == 0) {
		r.rest = nil
		return &c
	}
	r.rest.Line++
	r.rest.Offset += int64(end)
	r.rest.Data = c.Data[end:]
	c.Data, c.Damage = c.Data[:end], nil
	return &c
}

// Source is a source of the records 0 to n-1, named "generated".
func (g Generator) Source(n int) batch.Source { return generated{g, n} }

type generated struct {
	g Generator
	n int
}

func (s generated) Open(ctx context.Context, o batch.ReadOptions) (batch.ChunkReader, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(s.g.Write(w, s.n)) }()
	inner, err := batch.Reader("generated", r).Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return pipedReader{inner, r}, nil
}

// pipedReader ends the goroutine that writes what it reads.
type pipedReader struct {
	batch.ChunkReader
	pipe *io.PipeReader
}

func (r pipedReader) Close() error {
	_ = r.pipe.Close() // never fails
	return r.ChunkReader.Close()
}
