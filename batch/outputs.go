package batch

import (
	"errors"

	"github.com/plugreel/plugreel/batch/internal/output"
)

// outputs is where the results of a run go. The files among them get their final names
// together.
type outputs struct {
	stage *output.Stage // nil if there is no file
	main  target
	side  [roleLogs + 1]sideOutput // by role; none for the main output
}

// openOutputs opens all outputs, the main one first.
func openOutputs(main Sink, o Options) (*outputs, error) {
	out := &outputs{}
	if err := out.open(main, o); err != nil {
		return nil, errors.Join(err, out.discard())
	}
	return out, nil
}

func (o *outputs) open(main Sink, opts Options) error {
	var err error
	if o.main, err = main.target(o, roleMain); err != nil {
		return err
	}
	sides := [...]Sink{roleDead: opts.DeadLetters, roleWebhooks: opts.Webhooks, roleDeliveries: opts.Deliveries, roleCaptured: opts.Captured, roleLogs: opts.Logs}
	for r, sink := range sides {
		if sink == nil {
			continue
		}
		if o.side[r].target, err = sink.target(o, role(r)); err != nil {
			return err
		}
	}
	return nil
}

// begin makes the stage, named after the first file.
func (o *outputs) begin(s *fileSink) error {
	if o.stage != nil {
		return nil
	}
	stage, err := output.Begin(s.fsys, s.name, output.Options{})
	o.stage = stage
	return outputError(err)
}

// write appends the result of a chunk, but for its webhooks.
func (o *outputs) write(c *Chunk, res *result) error {
	text := res.out
	if res.packed != nil {
		text = res.packed
	}
	if err := o.main.write(c, text); err != nil {
		return err
	}
	if err := o.side[roleDead].write(c, res.dead); err != nil {
		return err
	}
	return o.side[roleCaptured].write(c, res.captured)
}

func (o *outputs) log(lines []byte) error { return o.side[roleLogs].write(nil, lines) }

func (o *outputs) commit() error {
	if o.stage == nil {
		return nil
	}
	if err := o.stage.Publish(); err != nil {
		return errors.Join(outputError(err), o.discard())
	}
	return nil
}

func (o *outputs) discard() error {
	if o.stage == nil {
		return nil
	}
	return outputError(o.stage.Discard())
}

// sideOutput is an output beside the main one. Its lines are few: they are compressed where
// they are written.
type sideOutput struct {
	target  target // nil: nobody wants the lines
	encoder *output.Encoder
	packed  []byte
}

func (s *sideOutput) write(c *Chunk, lines []byte) error {
	if s.target == nil || len(lines) == 0 {
		return nil
	}
	codec := s.target.codec(c)
	if !codec.PerChunk() {
		return s.target.write(c, lines)
	}
	packed, err := pack(&s.encoder, codec, s.packed[:0], lines)
	if err != nil {
		return err
	}
	s.packed = packed
	return s.target.write(c, packed)
}

// pack compresses text with the encoder, which it makes if there is none for the codec.
func pack(e **output.Encoder, codec output.Codec, dst, text []byte) ([]byte, error) {
	if *e == nil {
		var err error
		if *e, err = output.NewEncoder(codec); err != nil {
			return nil, err
		}
	}
	return (*e).AppendCompressed(dst, text)
}
