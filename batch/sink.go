package batch

import (
	"io"
	"os"
	"strings"

	"github.com/plugreel/plugreel/batch/internal/output"
)

// Sink is where the lines of a run go: [Create] or [Writer] makes one. It is a description; a
// run opens it.
type Sink interface {
	// target adds the sink to the outputs of a run.
	target(o *outputs, role role) (target, error)
}

// Create is a sink that writes a file, or a directory of files if path ends with a separator
// or is a directory. What it writes has its final name, or names, once the run has succeeded;
// until then it stands in the directory path.plugreel. What had the name before is replaced.
//
// The extension of a file picks its form: .ndjson or .jsonl, and after that .gz, .zst or .br; or
// .parquet, which has zstd inside, or, with .sz, .gz, .br or .lz4 after it, snappy, gzip, brotli or
// lz4_raw. A directory gets a file for every source, with its path below what the user named and
// its form.
//
// Parquet has the columns of PostHog's export of events, and one, extra, for a JSON object of the
// members that have no column or are not in the form of theirs. Read again, a row is the record it
// was, but for the order of its members and the spelling of escapes in texts of columns.
//
// A file of dead letters, webhooks or logs may have any extension but that of Parquet, and exists
// only if there is a line in it: one that an earlier run has left is removed.
func Create(path string) Sink { return &fileSink{name: path} }

// Writer is a sink that writes plain lines to w as they come. There is no final name to keep
// from a run that fails: what was written stays written.
func Writer(w io.Writer) Sink { return writerSink{w} }

type writerSink struct{ w io.Writer }

func (s writerSink) target(*outputs, role) (target, error) { return &writerTarget{s.w}, nil }

type fileSink struct {
	name string
	fsys output.FS // nil is the operating system's
}

// isDir says whether the sink is a directory.
func (s *fileSink) isDir() bool {
	if strings.HasSuffix(s.name, "/") || strings.HasSuffix(s.name, string(os.PathSeparator)) {
		return true
	}
	info, err := os.Stat(s.name)
	return err == nil && info.IsDir()
}

func (s *fileSink) target(o *outputs, role role) (target, error) {
	if err := o.begin(s); err != nil {
		return nil, err
	}
	if role == roleMain && s.isDir() {
		return &dirTarget{stage: o.stage, sink: s}, nil
	}
	format, err := output.FormatOf(s.name)
	if err != nil && role == roleMain {
		return nil, &UsageError{Err: err}
	}
	if format.Codec.Parquet() && role != roleMain {
		return nil, usagef("%v: got %s, want a name for JSON lines, such as .ndjson", role, s.name)
	}
	spec := role.spec()
	spec.Final, spec.Codec = s.name, format.Codec
	file, err := o.stage.File(spec)
	if err != nil {
		return nil, outputError(err)
	}
	return &fileTarget{file: file, format: format.Codec}, nil
}
