package batch

import (
	"context"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/rowgroup"
	"github.com/plugreel/plugreel/batch/internal/shape"
)

// peekBytes is how much of a file is looked at before a run.
const peekBytes = 64 << 10

// peek looks at the beginnings of all files, so that one which cannot be replayed is found before
// hours of work on those before it. It returns what the records of each are by the name of the file,
// as far as that can be told: whoever reads only a piece of a file knows it, too. What goes wrong
// here goes wrong again in its turn, and is reported then.
func peek(ctx context.Context, src Source, o Options) (map[string]shape.Hint, error) {
	s, ok := src.(*fileSource)
	if !ok {
		return nil, nil
	}
	inputs, err := s.inputs()
	if err != nil {
		return nil, err
	}
	hints := make(map[string]shape.Hint, len(inputs))
	for _, in := range inputs {
		if in.Path == input.Stdin || in.Size == 0 {
			continue
		}
		data, schema := head(ctx, in, s.fsys)
		hint := o.From.tell(data)
		if err := refusal(in.Path, data, schema, hint); err != nil {
			return nil, err
		}
		if data != nil {
			hints[in.Path] = hint
		}
	}
	return hints, nil
}

// head returns the first lines of a file, or rows of its first row group, nil if they cannot be read,
// and its schema if it has one.
func head(ctx context.Context, in input.Input, fsys input.FS) ([]byte, *rowgroup.Schema) {
	s, err := input.Open(ctx, in, input.Options{
		FS: fsys, ChunkBytes: peekBytes, MaxRecord: DefaultMaxRecord, End: input.Position{Group: 1},
	})
	if err != nil {
		return nil, nil
	}
	defer s.Close()
	c, err := s.Next(ctx)
	if err != nil || c.Oversize > 0 {
		return nil, s.Schema()
	}
	return c.Data, s.Schema()
}
