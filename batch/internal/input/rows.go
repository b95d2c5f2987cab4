package input

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
)

// rowReader is a [Reader] of Parquet.
type rowReader struct {
	name string
	file *rowgroup.File   // nil if it cannot be read at all
	rows *rowgroup.Reader // of that
	raw  io.Closer        // nil if the file is the caller's
	bad  *Chunk           // the only chunk, if the file cannot be read at all
	done error            // what Next returns from now on; nil while there may be chunks
}

// openRows reads the footer of a file.
func openRows(r io.Reader, file io.Closer, in Input, o Options) (Reader, error) {
	at, size := random(r)
	if at == nil {
		return nil, &UnsupportedError{Path: in.Path, Kind: Parquet, Stream: true}
	}
	rr := &rowReader{name: in.Path, raw: file}
	f, err := rowgroup.Open(at, size)
	var damage *rowgroup.Damage
	switch {
	case errors.As(err, &damage):
		rr.bad = &Chunk{Source: in.Path, Row: 1, Read: size, Damage: &Damage{Err: damage, Row: 1}}
	case err != nil:
		return nil, ioError("read", in.Path, err)
	default:
		rr.file = f
		rr.rows = f.Read(rowgroup.Options{
			MaxRecord: o.MaxRecord, Until: o.End.Group, ChunkBytes: o.ChunkBytes,
			From: rowgroup.Position{Group: o.Start.Group, Row: o.Start.Row},
		})
	}
	return rr, nil
}

// random returns r as something that can be read at any place, and its size; nil if it cannot.
func random(r io.Reader) (io.ReaderAt, int64) {
	at, ok := r.(io.ReaderAt)
	if !ok {
		return nil, 0
	}
	switch r := r.(type) {
	case interface{ Size() int64 }:
		return at, r.Size()
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := r.Stat(); err == nil && info.Mode().IsRegular() {
			return at, info.Size()
		}
	}
	return nil, 0
}

func (r *rowReader) Kind() Kind { return Parquet }

func (r *rowReader) Schema() *rowgroup.Schema {
	if r.file == nil {
		return nil
	}
	return r.file.Schema()
}

func (r *rowReader) Next(ctx context.Context) (Chunk, error) {
	if r.done == nil && r.bad != nil {
		r.done = io.EOF
		return *r.bad, nil
	}
	if r.done != nil {
		return Chunk{}, r.done
	}
	c, err := r.rows.Next(ctx)
	if err == nil {
		return r.chunk(c), nil
	}
	r.done = err
	if err != io.EOF && err != ctx.Err() {
		r.done = ioError("read", r.name, err)
	}
	return Chunk{}, r.done
}

func (r *rowReader) chunk(c *rowgroup.Chunk) Chunk {
	chunk := Chunk{
		Source: r.name, Offset: c.Offset, Row: c.Row, Data: c.Data, Read: c.Read, Oversize: c.Oversize,
		End: Position{Group: c.End.Group, Row: c.End.Row},
	}
	if c.Damage != nil {
		chunk.Damage = &Damage{Err: c.Damage, Row: c.Row + int64(c.Rows), Rows: c.Lost, Group: c.Damage.Group}
	}
	return chunk
}

func (r *rowReader) Close() error {
	if r.done == os.ErrClosed {
		return os.ErrClosed
	}
	r.done = os.ErrClosed
	if r.rows != nil {
		r.rows.Close()
	}
	if r.raw == nil {
		return nil
	}
	if err := r.raw.Close(); err != nil {
		return ioError("close", r.name, err)
	}
	return nil
}

// RowGroups returns where the row groups of a Parquet file begin, counted in bytes as they are stored,
// and, at last, the size of the file. Of a file whose footer is damaged there is only that. The error is
// an [*Error].
func RowGroups(fsys FS, path string) ([]int64, error) {
	file, err := orOS(fsys).Open(path)
	if err != nil {
		return nil, ioError("open", path, err)
	}
	defer file.Close()
	at, size := random(file)
	if at == nil {
		return nil, ioError("seek", path, errors.ErrUnsupported)
	}
	f, err := rowgroup.Open(at, size)
	var damage *rowgroup.Damage
	switch {
	case errors.As(err, &damage):
		return []int64{size}, nil
	case err != nil:
		return nil, ioError("read", path, err)
	}
	var begins []int64
	for group := range f.Groups() + 1 {
		begins = append(begins, f.Begin(group))
	}
	return begins, nil
}
