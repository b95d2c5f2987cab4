package cmd

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
)

// sinks names the files that a replay writes; "" is none.
type sinks struct {
	output, webhooks, deliveries, deadLetters, captured, logs, report string

	stream bool // the output has no final name: standard output, a pipe, a device
}

// isStream says whether a file is there that cannot be replaced: a pipe or a device.
func isStream(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir() && !info.Mode().IsRegular()
}

// stdout stands for standard output.
const stdout = "-"

func newSinks(f *replayFlags) *sinks {
	s := &sinks{output: f.output, webhooks: f.webhooks, deliveries: f.deliver.results, deadLetters: f.deadLetters, captured: f.captured, logs: f.logs, report: f.report}
	s.stream = s.output == stdout || isStream(s.output)
	if !s.stream {
		beside := filepath.Clean(s.output) // also of a directory
		s.webhooks = or(s.webhooks, beside+".webhooks.ndjson")
		if f.deliver.on {
			s.deliveries = or(s.deliveries, beside+".deliveries.ndjson")
		}
		s.deadLetters = or(s.deadLetters, beside+".dead.ndjson")
		s.captured = or(s.captured, beside+".captured.ndjson")
	}
	return s
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// check refuses names that cannot be meant.
func (s *sinks) check() error {
	for _, n := range []struct{ flag, name string }{
		{"--webhooks", s.webhooks}, {"--delivery-results", s.deliveries}, {"--dead-letter", s.deadLetters}, {"--captured", s.captured}, {"--logs", s.logs}, {"--report", s.report},
	} {
		if n.name == stdout {
			return usagef("%s: got -, want a file; only the output of a replay goes to standard output", n.flag)
		}
	}
	if s.report != "" && (s.report == s.output || s.report == s.webhooks || s.report == s.deliveries || s.report == s.deadLetters || s.report == s.captured || s.report == s.logs) {
		return usagef("--report: %s is written as well; give it another name", s.report)
	}
	if s.report != "" {
		return checkDir(s.report)
	}
	return nil
}

// checkDir finds out before a replay what would be in the way of a file after it.
func checkDir(name string) error {
	if _, err := os.Stat(filepath.Dir(name)); err != nil {
		return &batch.IOError{Op: "create", Path: name, Err: plain(err)}
	}
	return nil
}

// main makes the sink of the output, and what is to be closed after the run.
func (s *sinks) main(w io.Writer) (batch.Sink, io.Closer, error) {
	switch {
	case s.output == stdout:
		return batch.Writer(w), io.NopCloser(nil), nil
	case !s.stream:
		return batch.Create(s.output), io.NopCloser(nil), nil
	}
	f, err := os.OpenFile(s.output, os.O_WRONLY, 0)
	if err != nil {
		return nil, nil, &batch.IOError{Op: "open", Path: s.output, Err: plain(err)}
	}
	return batch.Writer(f), f, nil
}

func (s *sinks) sink(name string) batch.Sink {
	if name == "" {
		return nil
	}
	return batch.Create(name)
}

// writeReport writes the report, if there is a file for it.
func writeReport(name string, r batch.Report) error {
	if name == "" {
		return nil
	}
	return writeFile(name, r.JSON())
}

// writeFile writes a file that has its name only when it is whole.
func writeFile(name string, text []byte) error {
	stage, err := output.Begin(nil, name, output.Options{})
	if err != nil {
		return systemError(err)
	}
	defer stage.Discard()
	f, err := stage.File(output.Spec{Name: "report", Final: name, Main: true})
	if err != nil {
		return systemError(err)
	}
	if _, err := f.Write(text); err != nil {
		return systemError(err)
	}
	return systemError(stage.Publish())
}

func systemError(err error) error {
	var e *output.Error
	if errors.As(err, &e) {
		return &batch.IOError{Op: e.Op, Path: e.Path, Err: plain(e.Err)}
	}
	return err
}
