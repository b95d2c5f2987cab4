package diff

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
)

// Options tunes [Run]. The zero value is ready to use.
type Options struct {
	// Examples is how many there are at most of each kind at each path, and of each kind for each
	// event name; 0 means DefaultExamples, negative none.
	Examples int
	// Replay are the options of both chains. See batch.Compare for those that must not be set.
	Replay batch.Options
}

// Run takes every record of src through two chains and reports in what the results differ. It
// writes and sends nothing. Errors are those of [batch.Compare].
func Run(ctx context.Context, old, new batch.Side, src batch.Source, o Options) (*Report, error) {
	limits := limits{examples: o.Examples, redact: secrets(old, new).Redact}
	switch {
	case o.Examples == 0:
		limits.examples = DefaultExamples
	case o.Examples < 0:
		limits.examples = 0
	}
	all := newSums(limits)
	fold := batch.Fold[*sums]{
		Begin: func() *sums { return newSums(limits) },
		Add:   (*sums).add,
		Merge: func(s *sums) error {
			all.merge(s)
			return nil
		},
	}
	did, err := batch.Compare(ctx, old, new, src, fold, o.Replay)
	if err != nil {
		return nil, err
	}
	return all.report(&did), nil
}

func secrets(old, new batch.Side) *manifest.Redactor {
	return slices.Concat(old.Chain, new.Chain).Redactor()
}

// report makes the report of all records.
func (s *sums) report(did *batch.Comparison) *Report {
	r := &Report{
		Version: ReportVersion, Old: sideOf(&did.Old), New: sideOf(&did.New),
		Counts: s.counts, Paths: s.paths.list(), MorePaths: s.paths.more,
		Webhooks: []Webhook{}, Examples: s.shown.list,
	}
	counts := &did.New.Counts
	r.Counts.Read, r.Counts.Duplicate, r.Counts.Skipped = counts.Read, counts.Duplicate, counts.Skipped
	r.Counts.Unread = counts.Dead - s.lost
	for _, h := range s.hooks {
		r.Webhooks = append(r.Webhooks, *h)
	}
	r.Events, r.MoreEvents = s.events.list(s.eventName)
	slices.SortStableFunc(r.Events, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Differing(), a.Differing()), cmp.Compare(b.Records, a.Records), strings.Compare(a.Name, b.Name))
	})
	r.Days, r.MoreDays = s.days.list(dayName)
	slices.SortFunc(r.Days, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	return r
}

// eventName is the name that an eventKey stands for.
func (s *sums) eventName(key string) string { return s.limits.text(strings.TrimPrefix(key, `"`)) }

func sideOf(r *batch.Report) Side {
	s := Side{
		Written: r.Counts.Written, Dropped: r.Counts.Dropped,
		Webhooks: r.Counts.Webhooks, Captured: r.Counts.Captured, Plugins: []Plugin{},
	}
	for _, p := range r.Plugins {
		plugin := Plugin{Name: p.Name}
		for _, h := range p.Hooks {
			plugin.Dropped += h.Dropped
			plugin.Failed += h.Failed
		}
		s.Plugins = append(s.Plugins, plugin)
	}
	return s
}
