package batch

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// recurring says whether a hook is called again and again, so that a run survives a call that is lost.
func recurring(name string) bool {
	return name != sdk.HookSetupPlugin && name != sdk.HookTeardownPlugin
}

func isNoEvent(err error) bool { return errors.Is(err, sdk.ErrNotAnEvent) }

// givenError returns the error of a call that is known to fail.
func (p *progress) givenError(plugin int, hook string) error {
	for _, f := range p.given {
		if f.plugin == plugin && f.hook == hook {
			return &givenError{f.err}
		}
	}
	return nil
}

// givenError is the error of a call that was not made again. The event goes on as it entered
// the plugin; the instance, which was not called, is alive.
type givenError struct{ err error }

func (e *givenError) Error() string { return e.err.Error() }
func (e *givenError) Unwrap() error { return e.err }

// settled counts the outcome of a hook call on the record at hand, replaces an instance that
// cannot be called again, and does what the run's ErrorPolicy says.
func (h *hand) settled(i int, hook string, err error) fate {
	counts := h.p.result.plugins[i].of(hook)
	counts.time += h.instances[i].timer.take()
	if err == nil {
		if hook != sdk.HookProcessEvent {
			h.p.count(&counts.ok)
		}
		return goesOn
	}
	if h.ctx.Err() != nil {
		return stopped
	}
	if err := h.revive(i, err); err != nil {
		h.p.result.stop = err
		return stopped
	}
	return h.fail(i, hook, err)
}

// revive replaces the instance after an error that it does not survive.
func (h *hand) revive(i int, err error) error {
	if given := (*givenError)(nil); !fatal(err) || errors.As(err, &given) {
		return nil
	}
	return h.restart(i)
}

// fail counts and describes a failure, and decides about the record.
func (h *hand) fail(i int, hook string, err error) fate {
	p := h.p
	f := failure{plugin: i, name: h.run.chain[i].Name, hook: hook, err: err}
	message := h.run.message(err)
	counts := p.result.plugins[i].of(hook)
	p.count(&counts.failed)
	if counts.failed <= MaxSamples || p.chunk.traced {
		p.result.samples = append(p.result.samples, h.sample(f, message))
	}
	h.log(i, sdk.LevelError, hook+": "+message)
	switch {
	case p.chunk.calls && h.run.opts.OnError == Drop: // there is no record
	case h.run.opts.OnError == Drop:
		p.withdraw()
		p.result.dead = appendFailed(p.result.dead, p.place, f, message, h.recordUUID(), p.record)
		p.count(&p.result.counts.Dead)
		return dead
	case h.run.opts.OnError == Stop:
		p.withdraw()
		p.result.stop = h.stopError(f, message)
		return stopped
	}
	return goesOn
}

func (h *hand) sample(f failure, message string) sample {
	s := sample{plugin: f.plugin, hook: f.hook, Sample: Sample{
		UUID:  h.recordUUID(),
		Error: message,
		Stack: h.run.redactor.Redact((&sdk.PluginError{Err: f.err}).Stack()),
	}}
	if !h.p.chunk.calls {
		s.Source = h.p.place.source
		s.Line, s.Row = h.p.place.numbers()
		s.Item = h.p.place.item
	}
	return s
}

// stopError is what Run returns when a hook failed and the policy is Stop.
func (h *hand) stopError(f failure, message string) error {
	err := &sdk.PluginError{Plugin: f.name, Hook: f.hook, UUID: h.recordUUID(), Err: &redactedError{message, f.err}}
	return fmt.Errorf("%s: %w: %w", h.where(), ErrStopped, err)
}

// where is the place of the record at hand; that of a call without a record is its time.
func (h *hand) where() string {
	if h.p.chunk.calls {
		return h.clock.Base().Format(time.RFC3339)
	}
	return h.p.place.String()
}

// redactedError shows message instead of what err says.
type redactedError struct {
	message string
	err     error
}

func (e *redactedError) Error() string { return e.message }
func (e *redactedError) Unwrap() error { return e.err }

// message is the text of a hook's error in reports and logs: without the names that stand
// beside it, on one line, without secrets.
func (r *run) message(err error) string {
	text := bare(err).Error()
	if strings.ContainsAny(text, "\r\n") {
		lines := strings.FieldsFunc(text, func(c rune) bool { return c == '\r' || c == '\n' })
		text = strings.Join(lines, " ⏎ ")
	}
	return r.redactor.Redact(text)
}

// lostSetup is the error of a call outside the event hooks that did not end.
func (r *run) lostSetup(lost *lostError) error {
	p := &r.chain[lost.plugin]
	return p.setupError(&sdk.PluginError{Plugin: p.Name, Hook: lost.hook, Err: lost.err})
}
