package batch

import (
	"bytes"

	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

// fate is what becomes of a record after a hook call.
type fate uint8

const (
	goesOn  fate = iota // to the next hook, or the output
	dropped             // by a plugin
	dead                // a dead letter was made of it
	stopped             // the run ends here; result.stop says why
)

// edges does what is to be done for a chunk that is one record too long to be held.
func (r *run) edges(p *progress) bool {
	if p.chunk.Oversize == 0 {
		return false
	}
	p.oversize(r.opts.MaxRecord)
	r.tail(p)
	return true
}

// tail does what is to be done after the last record of a chunk.
func (r *run) tail(p *progress) {
	gone := p.chunk.removed
	p.result.counts.Read += gone.duplicate + gone.empty + gone.blank
	p.result.counts.Duplicate += gone.duplicate
	p.result.counts.Skipped += gone.empty + gone.blank
	if d := p.chunk.Damage; d != nil {
		p.damage(d)
	}
}

// chunk works on the records of a chunk, from the one at hand if there is one.
func (h *hand) chunk(p *progress) error {
	if h.recycles = !h.run.retains(); !h.recycles {
		h.arena.Reset()
	}
	h.run.opts.State.Advance(p.chunk.clock)
	h.p, h.book = p, p.result.log
	defer func() { h.p = nil }()
	if h.run.edges(p) {
		return nil
	}
	for again := p.given != nil; again || p.next(); again = false {
		if !again {
			p.begin()
		}
		if err := h.ctx.Err(); err != nil {
			return err
		}
		h.port.begin()
		if h.one() == stopped {
			return h.ctx.Err()
		}
		h.port.finished()
		p.finished()
	}
	h.run.tail(p)
	return nil
}

// one takes the record at hand through the chain.
func (h *hand) one() fate {
	p := h.p
	if p.chunk.calls {
		return h.scheduled()
	}
	if err := p.unwrap(); err != nil {
		p.unread(err)
		return dead
	}
	h.uuid = ""
	h.clock.Record(p.record)
	if h.recycles {
		h.arena.Recycle()
	}
	e, err := h.arena.Event(p.record)
	if err != nil {
		p.unread(err)
		return dead
	}
	h.record = h.shaper.Open(e, p.chunk.shape)
	left, fate := h.process()
	if fate == goesOn {
		fate = h.emit(left)
	}
	h.record.Release(left)
	return fate
}

// process calls every processEvent in turn and returns the event that left the chain.
func (h *hand) process() (*sdk.PluginEvent, fate) {
	e := h.record.Event
	touched := h.record.Written
	for i, in := range h.instances {
		if in.hooks.ProcessEvent == nil {
			continue
		}
		if touched {
			e.Checkpoint()
		}
		touched = true
		next, err := h.processEvent(i, e)
		if fate := h.settled(i, sdk.HookProcessEvent, err); fate != goesOn {
			return e, fate
		}
		if next == nil {
			h.p.count(&h.p.result.plugins[i].process.dropped)
			h.p.count(&h.p.result.counts.Dropped)
			return e, dropped
		}
		if err == nil {
			h.p.count(&h.p.result.plugins[i].process.ok)
		}
		if next != e {
			e.Release()
			e = next
		}
	}
	return e, goesOn
}

// processEvent calls one processEvent and returns the event to go on with, nil if the plugin
// dropped it. The error is a failure to be counted, whatever the event is.
func (h *hand) processEvent(i int, e *sdk.PluginEvent) (*sdk.PluginEvent, error) {
	next, err := h.callProcess(i, e)
	switch {
	case err == nil || err == sdk.ErrTeamChanged:
		return next, err
	case fatal(err) || isNoEvent(err):
		e.Restore()
	default:
		h.record.GuardTeam(e)
	}
	_ = e.TakeErr()
	return e, err
}

func (h *hand) callProcess(i int, e *sdk.PluginEvent) (next *sdk.PluginEvent, err error) {
	in := h.instances[i]
	if err := h.p.givenError(i, sdk.HookProcessEvent); err != nil {
		return nil, err
	}
	h.enter(in, sdk.HookProcessEvent)
	defer h.leave(in, &err)
	next, err = in.hooks.ProcessEvent(e, in.meta)
	if err == nil {
		err = e.TakeErr()
	}
	if err == nil && next != nil {
		err = h.accept(e, next)
	}
	h.returned = true
	return next, err
}

// accept checks what a plugin returned. It is part of the guarded call: an event that the
// plugin has kept from an earlier call panics.
func (h *hand) accept(e, next *sdk.PluginEvent) error {
	if next != e {
		if err := next.TakeErr(); err != nil {
			return err
		}
	}
	if h.record.GuardTeam(next) {
		return sdk.ErrTeamChanged
	}
	return nil
}

// emit writes the event that left the chain, and shows it to the hooks that come after.
func (h *hand) emit(left *sdk.PluginEvent) fate {
	p := h.p
	text := h.write(left)
	if h.run.after {
		if fate := h.afterwards(text); fate != goesOn {
			return fate
		}
	}
	p.count(&p.result.counts.Written)
	return goesOn
}

// write appends the record that left stands for to the output, and returns it in the shape that
// it has in the input.
func (h *hand) write(left *sdk.PluginEvent) []byte {
	p := h.p
	if to := h.run.opts.To; to != ShapeAuto {
		h.plain = h.record.AppendJSON(h.plain[:0], left)
		p.result.out = append(h.shaper.Convert(p.result.out, h.plain, h.record.Kind(), shapeKinds[to]), '\n')
		text := h.plain
		if h.run.after {
			h.plain = nil // an event that a plugin has kept reads it
		}
		return text
	}
	start := len(p.result.out)
	p.result.out = append(h.record.AppendJSON(p.result.out, left), '\n')
	end := len(p.result.out) - 1
	return p.result.out[start:end:end]
}

// afterwards calls onEvent and composeWebhook of every plugin in turn.
func (h *hand) afterwards(text []byte) fate {
	left := h.shaper.Left(text, h.record.Kind())
	defer left.Release()
	for i, in := range h.instances {
		if in.hooks.OnEvent != nil {
			err := h.attempts(func() error { return h.callOnEvent(i, left.Processed()) })
			if fate := h.settled(i, sdk.HookOnEvent, err); fate != goesOn {
				return fate
			}
		}
		if in.hooks.ComposeWebhook != nil {
			if fate := h.compose(i, &left); fate != goesOn {
				return fate
			}
		}
	}
	return goesOn
}

func (h *hand) callOnEvent(i int, e *sdk.PluginEvent) (err error) {
	in := h.instances[i]
	if err := h.p.givenError(i, sdk.HookOnEvent); err != nil {
		return err
	}
	h.enter(in, sdk.HookOnEvent)
	defer h.leave(in, &err)
	err = in.hooks.OnEvent(e, in.meta)
	if err == nil {
		err = e.TakeErr()
	}
	e.Release()
	h.returned = true
	return err
}

func (h *hand) compose(i int, left *shape.Left) fate {
	hook, err := h.callCompose(i, left.Webhook())
	if err == nil && hook != nil {
		err = checkWebhook(hook)
	}
	fate := h.settled(i, sdk.HookComposeWebhook, err)
	if fate == goesOn && err == nil && hook != nil {
		name := h.run.chain[i].Name
		key := h.run.webhookKey(h.p.place, name)
		h.p.result.webhooks = appendWebhook(h.p.result.webhooks, name, left.UUID(), key, *hook)
		h.p.count(&h.p.result.counts.Webhooks)
	}
	return fate
}

func (h *hand) callCompose(i int, e *sdk.PluginEvent) (hook *sdk.Webhook, err error) {
	in := h.instances[i]
	if err := h.p.givenError(i, sdk.HookComposeWebhook); err != nil {
		return nil, err
	}
	h.enter(in, sdk.HookComposeWebhook)
	defer h.leave(in, &err)
	hook, err = in.hooks.ComposeWebhook(e, in.meta)
	if err == nil {
		err = e.TakeErr()
	}
	e.Release()
	h.returned = true
	return hook, err
}

// checkRecord tells whether a line is one JSON object.
func checkRecord(line []byte) error {
	if text := bytes.TrimLeft(line, " \t\r\n"); len(text) > 0 && text[0] == '{' {
		return sdk.Validate(line)
	}
	_, err := sdk.NewEvent(line)
	return err
}
