package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// benchCase is one job that every peer does in its own way.
type benchCase struct {
	name  string
	chain []pluginSource // empty: records are read and written, no plugin sees them
	input inputKind      // plain if empty
	sql   bool           // there is a form of it in SQL
	inGo  string         // a built-in plugin in Go that does the same; "" if there is none
	inTS  string         // likewise in TypeScript
	quick bool           // plugreel writes no report, which would take longer than the replay

	series func(ctx context.Context, l *lab) ([]*row, error) // what is run instead of the peers; nil for most
	runs   int                                               // of every program, unless -runs says; 0 means 3
}

var cases = []benchCase{
	{name: "none"},
	{name: "noop", chain: chain(own("noop"))},
	{name: "hello-world", chain: chain(firstParty("hello-world")), sql: true, inGo: "hello-world-go", inTS: "hello-world-ts"},
	{name: "drop-half", chain: chain(own("drop-half"))},
	{name: "flatten", chain: chain(own("flatten"))},
	{name: "iterate", chain: chain(own("iterate"))},
	{name: "spread", chain: chain(own("spread"))},
	{name: "regex", chain: chain(own("regex"))},
	{name: "url", chain: chain(own("url"))},
	{name: "sha256", chain: chain(own("sha256"))},
	{name: "sync", chain: chain(own("sync"))},
	{name: "async", chain: chain(own("async"))},
	{name: "typescript", chain: chain(own("typed"))},
	{name: "chain-of-8", chain: chain(
		own("noop"), own("sync"), own("rename"), own("clean"), own("tag"), own("tell"), own("drop-half"), firstParty("hello-world"),
	)},
	{name: "webhook", chain: chain(firstParty("http-post").with("url", "https://example.com/events"))},
	{name: "hello-world gz", chain: chain(firstParty("hello-world")), input: gzipMembers},
	{name: "none gz", input: gzipMembers},
	{name: "hello-world zst", chain: chain(firstParty("hello-world")), input: zstandard},
	{name: "hello-world parquet", chain: chain(firstParty("hello-world")), input: parquet},
	{name: "none parquet", input: parquet},
	{name: "startup", series: startup, runs: 21},
	{name: "workers", series: workers},
	{name: "growth", series: growth, runs: 1},
}

func chain(plugins ...pluginSource) []pluginSource { return plugins }

// pluginSource says where a plugin of a case is found, and how it is configured.
type pluginSource struct {
	name   string
	own    bool // it exists for measuring only, embedded from the directory plugins
	config [][2]string
}

// firstParty is a plugin that plugreel has built in.
func firstParty(name string) pluginSource { return pluginSource{name: name} }

// own is a plugin of this package.
func own(name string) pluginSource { return pluginSource{name: name, own: true} }

func (p pluginSource) with(key, value string) pluginSource {
	p.config = append(p.config, [2]string{key, value})
	return p
}

// selectCases finds the cases of a comma-separated list, in its order. An empty list means all but
// the series.
func selectCases(list string) ([]benchCase, error) {
	if list == "" {
		return slices.DeleteFunc(slices.Clone(cases), func(c benchCase) bool { return c.series != nil }), nil
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
