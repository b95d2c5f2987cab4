package propertyfilter

import (
	"regexp"
	"slices"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "property-filter"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	f := &filter{}
	return sdk.Hooks{SetupPlugin: f.setup, ProcessEvent: f.processEvent}
}

// filter is one instance.
type filter struct {
	keep    bool
	paths   []path
	names   []string // the paths, if all of them are names of properties and nothing more
	regexp  *regexp.Regexp
	targets []string
	events  []string
}

func (f *filter) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	f.keep = s.Choice("mode", "drop", "keep") == "keep"
	for _, text := range s.List("properties") {
		p, err := parsePath(text)
		if err != nil {
			s.Fail("properties", "%q: %w", text, err)
			continue
		}
		f.paths = append(f.paths, p)
	}
	f.regexp = s.Regexp("regexp")
	f.names = plainNames(f.paths)
	f.targets = s.ListOf("targets", "properties", "$set", "$set_once")
	if f.targets == nil {
		f.targets = []string{"properties"}
	}
	f.events = s.List("events")
	if s.Err() == nil && f.paths == nil && f.regexp == nil {
		s.Fail("properties", "got nothing, want at least one path such as email, or a regexp")
	}
	return s.Err()
}

func (f *filter) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if f.events != nil && !slices.Contains(f.events, e.Event()) {
		return e, nil
	}
	for _, target := range f.targets {
		if o, ok := e.Get(target).Object(); ok {
			f.apply(o)
		}
	}
	return e, nil
}

// apply filters one object of the event.
func (f *filter) apply(o *sdk.Object) {
	if f.keep || f.regexp != nil || len(f.names) != len(f.paths) {
		f.object(o, f.paths, "")
		return
	}
	for _, name := range f.names {
		o.Delete(name)
	}
}

// object filters an object; paths are those that may match below it, prefix is its own path with
// a dot, for the regular expression.
func (f *filter) object(o *sdk.Object, paths []path, prefix string) {
	o.Each(func(name string, v sdk.Value) bool {
		below, matches := step(paths, name)
		if !matches && f.regexp != nil {
			matches = f.regexp.MatchString(prefix + name)
		}
		if f.goes(v, below, matches, prefix+name) {
			o.Delete(name)
		}
		return true
	})
}

// goes says whether a value is to be removed, and filters what is in it if it is not.
func (f *filter) goes(v sdk.Value, below []path, matches bool, full string) bool {
	switch {
	case matches:
		return !f.keep
	case below == nil && f.regexp == nil:
		return f.keep
	}
	return f.inside(v, below, full) == 0 && f.keep
}

// inside filters what is in an object or array and returns how many members or elements are left;
// 0 for other values.
func (f *filter) inside(v sdk.Value, below []path, full string) int {
	if o, ok := v.Object(); ok {
		f.object(o, below, full+".")
		return o.Len()
	}
	left := 0
	if array, ok := v.Array(); ok {
		array.Each(func(_ int, element sdk.Value) bool {
			left += f.inside(element, below, full)
			return true
		})
	}
	return left
}
