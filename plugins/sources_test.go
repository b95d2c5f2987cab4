package plugins_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
	"github.com/plugreel/plugreel/testkit"
)

// sourceTree makes a file for each name: a statement in its language.
func sourceTree(names string) fs.FS {
	fsys := fstest.MapFS{}
	for name := range strings.FieldsSeq(names) {
		text := "let n = 1"
		if strings.HasSuffix(name, ".go") {
			text = "package p\n\nvar n = 1\n"
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// known are the names of the files of a profile.
func known(c *coverage.Profile) string {
	var names []string
	for _, f := range c.Files() {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

func TestAddSources(t *testing.T) {
	for _, row := range []struct{ name, reason, files, want string }{
		{"JavaScript", "every extension that is JavaScript or TypeScript", "index.js a.mjs b.cjs c.jsx d.ts e.mts f.cts g.tsx", "a.mjs b.cjs c.jsx d.ts e.mts f.cts g.tsx index.js"},
		{"directories", "as deep as they are", "index.js lib/a.js lib/b/c.ts", "index.js lib/a.js lib/b/c.ts"},
		{"tests", "are not what they test", "index.js index.test.js a.spec.ts test.js test/a.js tests/b.js testdata/c.js __tests__/d.js lib/__mocks__/e.js", "index.js"},
		{"names like tests", "are source", "index.js testing.js contest.js", "contest.js index.js testing.js"},
		{"installed and built", "not the author's text", "index.js node_modules/a/index.js vendor/b.js dist/index.js build/c.js out/d.js coverage/e.js", "index.js"},
		{"declarations and settings", "nothing of them runs in the plugin", "index.js index.d.ts jest.setup.js rollup.config.mjs config.js", "config.js index.js"},
		{"hidden", "tools keep their files there", "index.js .eslintrc.js .cache/a.js", "index.js"},
		{"another plugin", "has its own tests", "index.js examples/other/plugin.json examples/other/index.js", "index.js"},
		{"Go beside JavaScript", "is not the plugin's language", "index.js tool.go", "index.js"},
		{"Go", "packages that nothing imports too", "p.go sub/a.go p_test.go vendor/x/b.go testdata/c.go _d.go e_windows.go web/f.js", "p.go sub/a.go"},
		{"another module", "is another program", "p.go tool/go.mod tool/a.go", "p.go"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := coverage.New(nil)
			require.NoError(t, plugins.AddSources(c, sourceTree(row.files), &manifest.Manifest{}))
			assert.Equal(t, row.want, known(c), row.reason)
		})
	}
}

func TestAddSourcesLeavesKnownFilesAlone(t *testing.T) {
	c := coverage.New(nil)
	c.Collect(c.Add(coverage.Point{File: "index.js", Line: 7}), []int{1})
	require.NoError(t, plugins.AddSources(c, sourceTree("index.js a.js"), &manifest.Manifest{}))
	assert.Equal(t, []coverage.File{
		{Name: "a.js", Lines: []coverage.LineCount{{Line: 1}}},
		{Name: "index.js", Lines: []coverage.LineCount{{Line: 7, Count: 1}}},
	}, c.Files())
}

func TestAddSourcesMeasuresWhatTheProfileDoes(t *testing.T) {
	for _, files := range []string{"index.js a.js", "p.go a.go"} {
		c := coverage.New(func(file string) bool { return !strings.HasPrefix(file, "a.") })
		require.NoError(t, plugins.AddSources(c, sourceTree(files), &manifest.Manifest{}))
		assert.Equal(t, strings.Fields(files)[0], known(c))
	}
}

func TestAddSourcesSaysWhatItCannotParse(t *testing.T) {
	for _, row := range []struct{ name, broken, whole string }{
		{"JavaScript", "lib/broken.ts", "index.js"},
		{"Go", "lib/broken.go", "p.go"},
	} {
		t.Run(row.name, func(t *testing.T) {
			fsys := sourceTree(row.whole).(fstest.MapFS)
			fsys[row.broken] = &fstest.MapFile{Data: []byte("package p\n(")}
			c := coverage.New(nil)
			err := plugins.AddSources(c, fsys, &manifest.Manifest{})
			var load *sdk.LoadError
			require.ErrorAs(t, err, &load)
			assert.Equal(t, row.broken, load.File)
			assert.Equal(t, row.whole, known(c), "the others are added")
		})
	}
}

// package main below the root is a command, in the root the plugin.
func TestAddSourcesOfCommands(t *testing.T) {
	fsys := fstest.MapFS{
		"p.go":         {Data: []byte("package main\n\nvar n = 1\n")},
		"cmd/tool.go":  {Data: []byte("package main\n\nvar n = 1\n")},
		"lib/lib.go":   {Data: []byte("package lib\n\nvar n = 1\n")},
		"lib/other.go": {Data: []byte("//go:build ignore\n\npackage other\n\nvar n = 1\n")},
	}
	c := coverage.New(nil)
	require.NoError(t, plugins.AddSources(c, fsys, &manifest.Manifest{}))
	assert.Equal(t, "lib/lib.go p.go", known(c))
}

// places are what is counted of a file, without how often.
func places(c *coverage.Profile) map[string][]string {
	all := map[string][]string{}
	for _, f := range c.Files() {
		list := []string{}
		for _, l := range f.Lines {
			list = append(list, fmt.Sprint(l.Line))
		}
		for _, b := range f.Branches {
			list = append(list, fmt.Sprintf("%d:%d.%d", b.Line, b.Column, b.Arm))
		}
		all[f.Name] = list
	}
	return all
}

// Every first-party plugin passes its tests while it is counted, all of its source is, and it would be
// the same if nothing had loaded it.
func TestFirstPartyWithCoverage(t *testing.T) {
	for _, name := range plugins.Builtins() {
		t.Run(name, func(t *testing.T) {
			ran, idle := coverage.New(nil), coverage.New(nil)
			p, err := plugins.Open("./"+name, plugins.WithContext(t.Context()), plugins.WithCoverage(ran))
			require.NoError(t, err)
			defer p.Close()
			runTests(t, p, name)
			require.NoError(t, plugins.AddSources(idle, os.DirFS(name), p.Manifest))
			assert.NotEmpty(t, places(idle))
			assert.Equal(t, places(idle), places(ran))
			for _, f := range ran.Files() {
				most := 0
				for _, l := range f.Lines {
					most = max(most, l.Count)
				}
				assert.Greater(t, most, 1, "%s ran more than once", f.Name)
			}
		})
	}
}

// runTests runs the tables and scenarios of an opened plugin.
func runTests(t *testing.T, p *plugins.Plugin, dir string) {
	tables, err := testkit.Tables(dir)
	require.NoError(t, err)
	for _, file := range tables {
		table, err := testkit.ReadTable(file)
		require.NoError(t, err)
		for _, c := range table.Cases {
			assert.NoError(t, testkit.Check(t.Context(), p, c), c.Name)
		}
	}
	scenarios, err := testkit.Scenarios(dir)
	require.NoError(t, err)
	for _, file := range scenarios {
		s, err := testkit.ReadScenario(file)
		require.NoError(t, err)
		assert.NoError(t, s.Check(t.Context(), p), file)
	}
}

// A plugin that is opened again is counted as before.
func TestReopenKeepsTheOptions(t *testing.T) {
	for _, row := range []struct{ name, file, other, source string }{
		{"JavaScript", "index.js", "other.js", "export function processEvent(event) { return event }"},
		{"Go", "p.go", "other.go", goPlugin},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := coverage.New(nil)
			p, err := plugins.OpenFS("p", fstest.MapFS{row.file: {Data: []byte(row.source)}}, plugins.WithCoverage(c))
			require.NoError(t, err)
			again, err := p.Reopen(t.Context(), fstest.MapFS{
				"plugin.json": {Data: []byte(`{"name":"again","main":"` + row.other + `"}`)},
				row.other:     {Data: []byte(row.source)},
			})
			require.NoError(t, err)
			assert.Equal(t, "again", again.Name)
			assert.True(t, c.Knows(row.other))
		})
	}
}
