package timestampparser

import (
	"slices"
	"strings"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "timestamp-parser"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	p := &parser{}
	return sdk.Hooks{SetupPlugin: p.setup, ProcessEvent: p.processEvent}
}

// parser is one instance.
type parser struct {
	fields []field
	from   [][]string     // paths in the event
	zone   *time.Location // nil for the time's own
	events []string
}

// field is a property and what it is made of.
type field struct {
	property string
	of       func(time.Time) any
}

func (p *parser) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	prefix := s.Text("prefix", "")
	names := s.ListOf("fields", fieldNames()...)
	if names == nil {
		names = []string{"year", "month", "day", "weekday", "hour", "minute"}
	}
	for _, name := range names {
		p.fields = append(p.fields, field{prefix + name, fields[name]})
	}
	from := s.List("from")
	if from == nil {
		from = []string{"timestamp", "now"}
	}
	for _, place := range from {
		p.addPlace(s, place)
	}
	var err error
	if p.zone, err = parseOffset(s.Text("offset", "UTC")); err != nil {
		s.Fail("offset", "%w", err)
	}
	p.events = s.List("events")
	return s.Err()
}

// addPlace notes where a time may stand.
func (p *parser) addPlace(s *sdk.Settings, place string) {
	name, isProperty := strings.CutPrefix(place, "properties.")
	switch {
	case isProperty:
		p.from = append(p.from, []string{"properties", name})
	case place == "timestamp" || place == "sent_at" || place == "now":
		p.from = append(p.from, []string{place})
	default:
		s.Fail("from", "got %q, want timestamp, sent_at, now or properties.NAME", place)
	}
}

func (p *parser) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if p.events != nil && !slices.Contains(p.events, e.Event()) {
		return e, nil
	}
	t, ok := p.find(e)
	if !ok {
		return e, nil
	}
	if p.zone != nil {
		t = t.In(p.zone)
	}
	properties := e.Properties()
	for _, f := range p.fields {
		properties.Set(f.property, f.of(t))
	}
	return e, nil
}

// find is the first time in the event.
func (p *parser) find(e *sdk.PluginEvent) (time.Time, bool) {
	for _, path := range p.from {
		if t, ok := parseTime(e.Get(path...)); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// fields are what can be set, by name.
var fields = map[string]func(time.Time) any{
	"year":           func(t time.Time) any { return t.Year() },
	"quarter":        func(t time.Time) any { return (int(t.Month()) + 2) / 3 },
	"month":          func(t time.Time) any { return int(t.Month()) },
	"month_name":     func(t time.Time) any { return strings.ToLower(t.Month().String()) },
	"week":           func(t time.Time) any { _, week := t.ISOWeek(); return week },
	"week_year":      func(t time.Time) any { year, _ := t.ISOWeek(); return year },
	"day":            func(t time.Time) any { return t.Day() },
	"day_of_year":    func(t time.Time) any { return t.YearDay() },
	"weekday":        func(t time.Time) any { return strings.ToLower(t.Weekday().String()) },
	"weekday_number": func(t time.Time) any { return (int(t.Weekday())+6)%7 + 1 },
	"weekend":        func(t time.Time) any { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday },
	"hour":           func(t time.Time) any { return t.Hour() },
	"minute":         func(t time.Time) any { return t.Minute() },
	"second":         func(t time.Time) any { return t.Second() },
	"date":           func(t time.Time) any { return t.Format("2006-01-02") },
	"time":           func(t time.Time) any { return t.Format("15:04:05") },
	"unix":           func(t time.Time) any { return t.Unix() },
}

func fieldNames() []string {
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
