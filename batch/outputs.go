package batch

import (
	"github.com/plugreel/plugreel/batch/internal/output"
)

// outputs is where the results of a run go. The files among them get their final names
// together.
type outputs struct {
	stage *output.Stage // nil if there is no file
	main  target
	side  [roleLogs + 1]sideOutput // by role; none for the main output
}

func (o *outputs) open(main Sink, opts Options) error {
	var err error
	if o.main, err = main.target(o, roleMain); err != nil {
		return err
	}
	for r, sink := range opts.sinks(nil) {
		if sink == nil {
			continue
		}
		if o.side[r].target, err = sink.target(o, role(r)); err != nil {
			return err
		}
	}
	return nil
}

// sinks lists the sinks of all outputs by their roles.
func (o *Options) sinks(main Sink) [roleLogs + 1]Sink {
	return [...]Sink{
		roleMain: main, roleDead: o.DeadLetters, roleWebhooks: o.Webhooks, roleDeliveries: o.Deliveries,
		roleCaptured: o.Captured, roleLogs: o.Logs,
	}
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

// turn ends what the chunk does not belong to. Between that and write the outputs can be cut.
func (o *outputs) turn(c *Chunk) error {
	if t, ok := o.main.(turner); ok {
		return t.turn(c)
	}
	return nil
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

// publish gives all files their final names.
func (o *outputs) publish() error {
	if o.stage == nil {
		return nil
	}
	return outputError(o.stage.Publish())
}

// finish ends all files: nothing more is written to them.
func (o *outputs) finish() error { return outputError(o.stage.Finish()) }

// discard removes what has no final name.
func (o *outputs) discard() error {
	if o.stage == nil {
		return nil
	}
	return outputError(o.stage.Discard())
}

// leave closes all files and keeps them for a run that goes on from here.
func (o *outputs) leave() error { return outputError(o.stage.Leave()) }

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
