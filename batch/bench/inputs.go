package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/testkit"
)

// inputKind is a form of the events' file.
type inputKind string

const (
	plain       inputKind = ""
	gzipMembers inputKind = ".gz"  // one member for each line, as some exporters write it
	zstandard   inputKind = ".zst" // one frame
	parquet     inputKind = ".parquet"
)

// inputs makes the files that the cases read, unless they are there from an earlier run.
func (l *lab) inputs(ctx context.Context, selected []benchCase) error {
	g := testkit.Generator{Seed: l.seed}
	var want counter
	if err := g.Write(&want, l.events); err != nil {
		return err
	}
	l.bytes = int64(want)
	if info, err := os.Stat(l.input(plain)); err != nil || info.Size() != l.bytes {
		l.logf("making %d events, %d MB", l.events, want/1e6)
		if err := create(l.input(plain), func(w io.Writer) error { return g.Write(w, l.events) }); err != nil {
			return err
		}
	}
	for _, c := range selected {
		if err := l.compress(ctx, c.input); err != nil {
			return err
		}
	}
	return nil
}

// input is the name of the file of a kind.
func (l *lab) input(kind inputKind) string {
	return filepath.Join(l.dir, fmt.Sprintf("capture-%d-%d.ndjson%s", l.seed, l.events, kind))
}

// compress makes the file of a kind from the plain one, which is older.
func (l *lab) compress(ctx context.Context, kind inputKind) error {
	from, err := os.Stat(l.input(plain))
	if err != nil || kind == plain {
		return err
	}
	if made, err := os.Stat(l.input(kind)); err == nil && made.ModTime().After(from.ModTime()) {
		return nil
	}
	if kind == parquet {
		_, err := batch.Run(ctx, nil, batch.Files(l.input(plain)), batch.Create(l.input(parquet)), batch.Options{})
		return err
	}
	in, err := os.Open(l.input(plain))
	if err != nil {
		return err
	}
	defer in.Close()
	return create(l.input(kind), func(w io.Writer) error {
		if kind == zstandard {
			return compressFrame(w, in)
		}
		return compressLines(w, in)
	})
}

func compressFrame(w io.Writer, in io.Reader) error {
	e, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	_, err = io.Copy(e, in)
	return errors.Join(err, e.Close())
}

func compressLines(w io.Writer, in io.Reader) error {
	lines := bufio.NewReaderSize(in, 1<<20)
	e := gzip.NewWriter(w)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		e.Reset(w)
		if _, err := e.Write(line); err != nil {
			return err
		}
		if err := e.Close(); err != nil {
			return err
		}
	}
}

// create writes a file whole, or not at all.
func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err := errors.Join(write(w), w.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// counter is a writer that only counts.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
