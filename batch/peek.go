package batch

import (
	"context"

	"github.com/plugreel/plugreel/batch/internal/input"
)

// peekBytes is how much of a file is looked at before a run.
const peekBytes = 64 << 10

// peek looks at the beginnings of all files, so that one which cannot be replayed is found before
// hours of work on those before it. What goes wrong here goes wrong again in its turn, and is
// reported then.
func peek(ctx context.Context, src Source, o Options) error {
	s, ok := src.(*fileSource)
	if !ok {
		return nil
	}
	inputs, err := s.inputs()
	if err != nil {
		return err
	}
	for _, in := range inputs {
		if in.Path == input.Stdin || in.Size == 0 {
			continue
		}
		data := head(ctx, in, s.fsys)
		if err := refusal(in.Path, data, o.From.tell(data)); err != nil {
			return err
		}
	}
	return nil
}

// head returns the first lines of a file, nil if they cannot be read.
func head(ctx context.Context, in input.Input, fsys input.FS) []byte {
	s, err := input.Open(ctx, in, input.Options{FS: fsys, ChunkBytes: peekBytes, MaxRecord: DefaultMaxRecord})
	if err != nil {
		return nil
	}
	defer s.Close()
	c, err := s.Next(ctx)
	if err != nil || c.Oversize > 0 {
		return nil
	}
	return c.Data
}
