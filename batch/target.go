package batch

import (
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/output"
)

// role says what an output holds.
type role uint8

const (
	roleMain role = iota
	roleDead
	roleWebhooks
	roleDeliveries
	roleCaptured
	roleLogs
)

var roleNames = [...]string{roleMain: "output", roleDead: "dead letters", roleWebhooks: "webhooks", roleDeliveries: "deliveries", roleCaptured: "captured events", roleLogs: "logs"}

func (r role) String() string { return roleNames[r] }

// spec begins the description of the file of a role. Webhooks hold credentials, and URLs may.
func (r role) spec() output.Spec {
	switch r {
	case roleDead:
		return output.Spec{Name: "dead"}
	case roleWebhooks:
		return output.Spec{Name: "webhooks", Perm: fs.FileMode(0o600)}
	case roleDeliveries:
		return output.Spec{Name: "deliveries", Perm: fs.FileMode(0o600)}
	case roleCaptured:
		return output.Spec{Name: "captured"}
	case roleLogs:
		return output.Spec{Name: "logs"}
	}
	return output.Spec{Name: "part", Main: true}
}

// target is one output of a run.
type target interface {
	// codec says how what is written for a chunk must be compressed already.
	codec(c *Chunk) output.Codec
	// write appends what a chunk has become. It is called for every chunk if it is the main
	// output. c is nil if there is none.
	write(c *Chunk, text []byte) error
}

// turner is a target that ends something before what a chunk has become is written.
type turner interface{ turn(c *Chunk) error }

// writerTarget is an output without a name.
type writerTarget struct{ w io.Writer }

func (t *writerTarget) codec(*Chunk) output.Codec { return output.Identity }

func (t *writerTarget) write(_ *Chunk, text []byte) error {
	if len(text) == 0 {
		return nil
	}
	if _, err := t.w.Write(text); err != nil {
		return &IOError{Op: "write", Path: writerName(t.w), Err: plainError(err)}
	}
	return nil
}

// writerName names a writer in errors: *os.File knows its path.
func writerName(w io.Writer) string {
	if f, ok := w.(interface{ Name() string }); ok {
		return f.Name()
	}
	return "output"
}

// plainError takes the operation and the path off an error of package os.
func plainError(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// fileTarget is one file.
type fileTarget struct {
	file   *output.StageFile
	format output.Codec
}

func (t *fileTarget) codec(*Chunk) output.Codec { return t.format }

func (t *fileTarget) write(_ *Chunk, text []byte) error {
	_, err := t.file.Write(text)
	return outputError(err)
}

// dirTarget is a file for every source.
type dirTarget struct {
	stage *output.Stage
	sink  *fileSink
	file  *output.StageFile // of the source at hand; nil before the first
	rel   string            // where that source stands
}

// stdinName is the name of what was read from standard input, in a directory.
const stdinName = "stdin.ndjson"

var codecs = map[string]output.Codec{
	"plain": output.Identity, "gzip": output.Gzip, "zstd": output.Zstd, "brotli": output.Brotli, "parquet": output.Parquet,
}

// codec is that of the source. Which compression the pages of Parquet have is told by its name,
// if by anything.
func (t *dirTarget) codec(c *Chunk) output.Codec {
	codec := codecs[c.Format]
	if format, err := output.FormatOf(c.Rel); codec.Parquet() && err == nil && format.Codec.Parquet() {
		return format.Codec
	}
	return codec
}

func (t *dirTarget) write(c *Chunk, text []byte) error {
	if t.file == nil {
		if err := t.next(c); err != nil {
			return err
		}
	}
	_, err := t.file.Write(text)
	return outputError(err)
}

// turn ends the file at hand, unless it is that of c.
func (t *dirTarget) turn(c *Chunk) error {
	if t.file == nil || !c.first && c.Rel == t.rel {
		return nil
	}
	file := t.file
	t.file = nil
	return outputError(file.Finish())
}

// next begins the file of c, or goes on with it.
func (t *dirTarget) next(c *Chunk) error {
	t.rel = c.Rel
	rel := c.Rel
	if rel == input.Stdin {
		rel = stdinName
	}
	var err error
	t.file, err = t.stage.File(output.Spec{Name: path.Join("out", rel), Final: t.sink.final(c.Rel), Codec: t.codec(c), Main: true})
	return outputError(err)
}

// outputError puts an error of package output into the terms of this package.
func outputError(err error) error {
	var e *output.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &e):
		return err
	case errors.Is(err, output.ErrSameFinal), errors.Is(err, output.ErrNotRegular), errors.Is(err, output.ErrForeign),
		errors.Is(err, output.ErrLocked):
		return &UsageError{Err: e}
	}
	return &IOError{Op: e.Op, Path: e.Path, Err: plainError(e.Err)}
}
