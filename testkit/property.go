package testkit

import (
	"context"
	"errors"
	"strings"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// Property is something that holds for a chain whatever the event. The function gets the outcome of
// one event, and again to take another event through the same chain; it says what is wrong, "" if
// nothing is. An error means that the chain could not be run.
type Property func(r Result, again func(event string) (Result, error)) (wrong string, err error)

// NeverThrows wants that no hook of the chain fails, whatever the event.
func NeverThrows(t T, chain batch.Chain, events Random) {
	t.Helper()
	Holds(t, chain, events, "never throws", Unfailing)
}

// Idempotent wants that a second pass through the chain changes nothing: what a replay has written
// may be replayed again.
func Idempotent(t T, chain batch.Chain, events Random) {
	t.Helper()
	Holds(t, chain, events, "idempotent", SameAgain)
}

// KeepsDistinctID wants that the chain leaves every event with the person that it came with.
func KeepsDistinctID(t T, chain batch.Chain, events Random) {
	t.Helper()
	Holds(t, chain, events, "keeps distinct_id", Keeps("distinct_id"))
}

// Unfailing is the property of [NeverThrows].
func Unfailing(r Result, _ func(string) (Result, error)) (string, error) {
	return strings.Join(r.Failures, "; "), nil
}

// SameAgain is the property of [Idempotent].
func SameAgain(r Result, again func(string) (Result, error)) (string, error) {
	if !r.Out.Exists() {
		return "", nil
	}
	second, err := again(r.Out.String())
	if err != nil {
		return "", err
	}
	if !second.Out.Exists() {
		return "written the first time, not the second", nil
	}
	return strings.Join(diff(r.Out, second.Out), "\n"), nil
}

// Keeps is the property of leaving a member, such as "distinct_id" or "properties.$ip", as it is.
func Keeps(path string) Property {
	names := strings.Split(path, ".")
	return func(r Result, _ func(string) (Result, error)) (string, error) {
		in, _ := r.In.Object()
		out, _ := r.Out.Object()
		if in == nil || out == nil {
			return "", nil
		}
		d := differ{}
		d.value(path, in.Get(names...), out.Get(names...))
		return strings.Join(d.lines, "\n"), nil
	}
}

// Holds takes random events through a chain, each through instances of its own, and reports the
// first for which a property does not hold, made as small as it goes: members are taken out of
// the event as long as that is so. name stands in the report.
func Holds(t T, chain batch.Chain, events Random, name string, property Property) {
	t.Helper()
	ctx := contextOf(t)
	for i := range events.count() {
		event := events.Event(i)
		wrong, err := judge(ctx, chain, event, property)
		if err != nil {
			t.Fatalf("%s: event %d: %v", name, i, err)
			return
		}
		if wrong == "" {
			continue
		}
		event, wrong = shrink(event, wrong, func(smaller string) string {
			wrong, err := judge(ctx, chain, smaller, property)
			if err != nil {
				return ""
			}
			return wrong
		})
		t.Errorf("%s: not so for event %d of seed %d, which was made smaller:\n%s\n%s", name, i, events.Seed, indent([]string{event}), indent([]string{wrong}))
		return
	}
}

// judge takes one event through new instances and says what is wrong with what comes of it. A
// record that a replay refuses as no event at all is passed over.
func judge(ctx context.Context, chain batch.Chain, event string, property Property) (string, error) {
	once := func(event string) (Result, error) {
		t, report, err := trace(ctx, chain, batch.Records(event), batch.Options{Workers: 1})
		var refused *batch.UsageError
		if err != nil && report.Error != "" && !errors.As(err, &refused) {
			return Result{}, errors.New(report.Error) // without secrets
		}
		if err != nil || len(t.results) == 0 {
			return Result{}, err
		}
		return t.results[0], nil
	}
	r, err := once(event)
	var refused *batch.UsageError
	switch {
	case errors.As(err, &refused):
		return "", nil
	case err != nil:
		return "", err
	}
	return property(r, once)
}

// maxShrinks bounds how many smaller events are tried.
const maxShrinks = 500

// shrink takes members out of an event, of its top level and of the objects in it, as long as
// something is still wrong.
func shrink(event, wrong string, judge func(string) string) (string, string) {
	tries := 0
	for {
		smaller := false
		for _, path := range membersOf(event) {
			if tries++; tries > maxShrinks {
				return event, wrong
			}
			o, err := sdk.ParseObject([]byte(event))
			if err != nil || !o.Delete(path...) {
				continue
			}
			if still := judge(o.String()); still != "" {
				event, wrong, smaller = o.String(), still, true
			}
		}
		if !smaller {
			return event, wrong
		}
	}
}

// membersOf lists the paths of an event's members and of those one level below.
func membersOf(event string) [][]string {
	o, err := sdk.ParseObject([]byte(event))
	if err != nil {
		return nil
	}
	var paths [][]string
	for key, v := range o.All() {
		paths = append(paths, []string{key})
		inner, ok := v.Object()
		if !ok {
			continue
		}
		for _, name := range inner.Keys() {
			paths = append(paths, []string{key, name})
		}
	}
	return paths
}
