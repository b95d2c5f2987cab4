package jsbridge

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// exporter calls exportEvents with several events at a time, as the original runtime did: events
// are buffered as they come to onEvent, and the rest is handed over at teardown.
// Source: fact sheet section 2.6.
type exporter struct {
	in     *instance
	f      goja.Callable
	limit  int           // bytes of JSON that are buffered
	wait   time.Duration // of the plugin's clock, from the first event in the buffer
	ignore map[string]bool

	events []any
	size   int
	since  time.Time // when the first event came
}

// exportAttempts is how often a batch is handed over if exportEvents asks for another attempt. The
// original runtime put the later ones off as jobs, for firstPause and each time twice as long. Here
// they are made at once, with the plugin's clock moved on, so that none is left when the input ends.
const (
	exportAttempts = 4
	firstPause     = 6 * time.Second
)

// newExporter reads the settings that the original runtime added to the plugin's config.
func (in *instance) newExporter(f goja.Callable) *exporter {
	config := in.meta.Config
	x := &exporter{
		in: in, f: f,
		limit:  clamp(config.Get("exportEventsBufferBytes"), 1<<20, 1, 100<<20),
		wait:   time.Duration(clamp(config.Get("exportEventsBufferSeconds"), 10, 1, 600)) * time.Second,
		ignore: map[string]bool{},
	}
	for name := range strings.SplitSeq(config.Get("exportEventsToIgnore").StrOr(""), ",") {
		if name = strings.TrimSpace(name); name != "" {
			x.ignore[name] = true
		}
	}
	return x
}

// clamp reads a number, or text that holds one, and keeps it within bounds.
func clamp(v sdk.Value, def, least, most int) int {
	n, ok := v.Int()
	if text, isText := v.Str(); isText {
		parsed, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		n, ok = parsed, err == nil
	}
	if !ok {
		return def
	}
	return int(min(max(n, int64(least)), int64(most)))
}

// add takes an event, and hands over what does not fit beside it or has waited long enough.
func (x *exporter) add(e *sdk.PluginEvent) error {
	if x.ignore[e.Event()] {
		return nil
	}
	now, size := x.in.now(), len(e.AppendJSON(nil))
	var err error
	if len(x.events) > 0 && (x.size+size > x.limit || now.Sub(x.since) >= x.wait) {
		err = x.flush()
	}
	if len(x.events) == 0 {
		x.since = now
	}
	x.events = append(x.events, x.in.decode(e.Get()))
	if x.size += size; x.size > x.limit {
		err = errors.Join(err, x.flush())
	}
	return err
}

// flush hands the buffered events over. They are gone afterwards, however that went.
func (x *exporter) flush() error {
	if len(x.events) == 0 {
		return nil
	}
	batch := x.in.vm.NewArray(x.events...)
	x.events, x.size = nil, 0
	var err error
	for n := range exportAttempts {
		_, err = x.in.invoke(x.f, batch, x.in.metaObj)
		if retry := (*sdk.RetryError)(nil); !errors.As(err, &retry) {
			return err
		}
		x.in.timers.skipped += firstPause << n
	}
	return err
}

// exhausted is a RetryError that asks for nothing any more: onEvent, tried again, would buffer its
// event a second time.
type exhausted struct{ *sdk.RetryError }

func exhaust(err error) error {
	if retry := (*sdk.RetryError)(nil); errors.As(err, &retry) {
		return exhausted{retry}
	}
	return err
}

// wrap makes the hooks through which exportEvents is called.
func (x *exporter) wrap(h *sdk.Hooks) {
	onEvent, teardown := h.OnEvent, h.TeardownPlugin
	h.OnEvent = func(e *sdk.PluginEvent, meta *sdk.PluginMeta) error {
		err := exhaust(x.call(func() error { return x.add(e) }))
		if onEvent != nil && x.in.alive() == nil {
			err = errors.Join(err, exhaust(onEvent(e, meta)))
		}
		return err
	}
	h.TeardownPlugin = func(meta *sdk.PluginMeta) error {
		err := x.call(x.flush)
		if teardown != nil && x.in.alive() == nil {
			err = errors.Join(err, teardown(meta))
		}
		return err
	}
}

func (x *exporter) call(f func() error) error {
	x.in.begin()
	defer x.in.end()
	return f()
}
