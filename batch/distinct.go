package batch

import (
	"path/filepath"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/output"
)

// distinct refuses outputs that are inputs, and files of a directory that would be made of two
// inputs. That no two outputs are one is seen when they are opened.
func distinct(src Source, sink Sink, o Options) error {
	files, ok := src.(*fileSource)
	if !ok {
		return nil
	}
	inputs, err := files.inputs()
	if err != nil {
		return err
	}
	var known output.FileSet
	for _, in := range inputs {
		if info, err := files.stat(in.Path); err == nil {
			known.Add(in.Path, info)
		}
	}
	for i, s := range o.sinks(sink) {
		f, ok := s.(*fileSink)
		if !ok {
			continue
		}
		if err := f.distinct(role(i), inputs, &known); err != nil {
			return err
		}
	}
	return nil
}

// distinct refuses what the sink would write if it is an input.
func (s *fileSink) distinct(r role, inputs []input.Input, known *output.FileSet) error {
	if r == roleMain && s.isDir() {
		return s.distinctFiles(inputs, known)
	}
	if same, found := s.known(s.name, known); found {
		return usagef("%v: %s is an input as well (%s); give it another name", r, s.name, same)
	}
	return nil
}

// distinctFiles is distinct for every file of a directory.
func (s *fileSink) distinctFiles(inputs []input.Input, known *output.FileSet) error {
	from := make(map[string]string, len(inputs))
	for _, in := range inputs {
		final := s.final(in.Rel)
		if other, taken := from[final]; taken {
			return usagef("%v: %s would be made of %s and of %s; replay one after the other, or into one file", roleMain, final, other, in.Path)
		}
		from[final] = in.Path
		if same, found := s.known(final, known); found {
			return usagef("%v: %s is an input as well (%s); give it another directory", roleMain, final, same)
		}
	}
	return nil
}

// known returns the input that a final name is.
func (s *fileSink) known(final string, inputs *output.FileSet) (same string, found bool) {
	info, err := output.StatFinal(s.fsys, final)
	if err != nil {
		return "", false // there is nothing, or what opening it will tell
	}
	return inputs.Find(info)
}

// final is the final name of what is made of an input, in the directory.
func (s *fileSink) final(rel string) string {
	if rel == input.Stdin {
		rel = stdinName
	}
	return filepath.Join(s.name, filepath.FromSlash(rel))
}
