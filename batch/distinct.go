package batch

import (
	"github.com/plugreel/plugreel/batch/internal/output"
)

// pather is a source of files.
type pather interface{ paths() ([]string, error) }

// distinct refuses outputs that are inputs. That no two outputs are one is seen when they are
// opened.
func distinct(src Source, sink Sink, o Options) error {
	p, ok := src.(pather)
	if !ok {
		return nil
	}
	inputs, err := p.paths()
	if err != nil {
		return err
	}
	for role, s := range o.sinks(sink) {
		f, ok := s.(*fileSink)
		if !ok {
			continue
		}
		if same, found := output.SameFile(f.fsys, f.name, inputs); found {
			return usagef("%s: %s is an input as well (%s); give it another name", roleNames[role], f.name, same)
		}
	}
	return nil
}
