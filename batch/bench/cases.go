package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// benchCase is one job that every peer does in its own way.
type benchCase struct {
	name   string
	plugin func(l *lab) plugin // nil: records are read and written, no plugin sees them
}

var cases = []benchCase{
	{"hello-world", inGo("hello-world-go", firstParty("hello-world"))},
	{"noop", own("noop")},
	{"none", nil},
}

// plugin is what a case runs.
type plugin struct {
	ref string // as plugreel's -p wants it
	dir string // plugin.json and source, for peers that load it themselves

	goName string // of a built-in plugin in Go that does the same; "" if there is none
}

// firstParty is a plugin that plugreel has built in.
func firstParty(name string) func(*lab) plugin {
	return func(l *lab) plugin { return plugin{ref: name, dir: filepath.Join(l.plugins, name)} }
}

// inGo is a plugin that plugreel has compiled in as well, under another name.
func inGo(name string, other func(*lab) plugin) func(*lab) plugin {
	return func(l *lab) plugin {
		p := other(l)
		p.goName = name
		return p
	}
}

// own is a plugin that exists for measuring only, embedded from the directory of that name.
func own(name string) func(*lab) plugin {
	return func(l *lab) plugin {
		dir := filepath.Join(l.parts(), name)
		return plugin{ref: dir, dir: dir}
	}
}

// selectCases finds the cases of a comma-separated list, in its order. An empty list means all.
func selectCases(list string) ([]benchCase, error) {
	if list == "" {
		return cases, nil
	}
	known := make(map[string]benchCase, len(cases))
	names := make([]string, len(cases))
	for i, c := range cases {
		known[c.name], names[i] = c, c.name
	}
	var selected []benchCase
	for name := range strings.SplitSeq(list, ",") {
		c, ok := known[name]
		if !ok {
			return nil, fmt.Errorf("-cases: got %q, want some of %s", name, strings.Join(names, ","))
		}
		selected = append(selected, c)
	}
	return selected, nil
}
