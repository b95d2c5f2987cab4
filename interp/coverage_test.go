package interp_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// counts are "line:count line:count" and "line.arm:count line.arm:count".
func counts(f coverage.File) (lines, branches string) {
	var l, b []string
	for _, at := range f.Lines {
		l = append(l, fmt.Sprintf("%d:%d", at.Line, at.Count))
	}
	for _, at := range f.Branches {
		b = append(b, fmt.Sprintf("%d.%d:%d", at.Line, at.Arm, at.Count))
	}
	return strings.Join(l, " "), strings.Join(b, " ")
}

// The rows are those of package jsbridge where both languages have the construct.
func TestWhatIsCounted(t *testing.T) {
	for _, row := range []struct{ name, reason, body, lines, branches string }{
		{"statements", "each line has its count", "n := 0\nfor i := 0; i < 3; i++ {\n n += i }\ne.Set(`n`, n)", "6:1 7:1 8:3 9:1 10:1", ""},
		{"if", "both arms, also without else", "if e.Has(`none`) {\n e.Set(`x`, 1)\n}", "6:1 7:0 9:1", "6.0:0 6.1:1"},
		{"else if", "an if like others", "if e.Has(`none`) { e.Set(`x`, 1) } else if e.Has(`event`) {\n e.Set(`x`, 2) }", "6:1 7:1 8:1", "6.0:0 6.1:1 6.0:1 6.1:0"},
		{"initial statement", "belongs to its if", "if n := 1; n > 1 {\n e.Set(`x`, 1) }", "6:1 7:0 8:1", "6.0:0 6.1:1"},
		{"right sides", "what is evaluated if need be", "x := e.Has(`none`) && e.Has(`a`)\ny := e.Has(`event`) || x\nz := 1 < 2 && y\n_ = z", "6:1 7:1 8:1 9:1 10:1", "6.0:0 7.0:0 8.0:1"},
		{"constants", "are no branches", "const a, b = true, false\nif a && b {\n}", "7:1 9:1", "7.0:0 7.1:1"},
		{"function literals", "are statements only inside", "f := func() int {\n return 1 }\ng := func() int {\n return 2 }\n_, _ = f(), g", "6:1 7:1 8:1 9:0 10:1 11:1", ""},
		{"switch", "an arm for each clause", "switch e.Event() {\ncase `x`:\n e.Set(`a`, 1)\n break\ndefault:\n e.Set(`b`, 1)\n}", "6:1 8:1 9:1 11:0 13:1", "6.0:1 6.1:0"},
		{"fallthrough", "takes the next arm", "switch {\ncase true:\n fallthrough\ncase false:\n e.Set(`b`, 1)\n}", "6:1 8:1 10:1 12:1", "6.0:1 6.1:1"},
		{"conditions of clauses", "have right sides", "switch a := true; {\ncase !a && e.Has(`x`), a || e.Has(`y`):\n e.Set(`b`, 1)\n}", "6:1 8:1 10:1", "6.0:1 7.0:0 7.0:0"},
		{"type switch", "a switch", "switch v := any(1).(type) {\ncase string:\n e.Set(`a`, v)\ncase int:\n e.Set(`b`, v)\n}", "6:1 8:0 10:1 12:1", "6.0:0 6.1:1"},
		{"select", "a switch", "c := make(chan int, 1)\nselect {\ncase c <- 1:\n e.Set(`a`, 1)\ncase n := <-c:\n e.Set(`b`, n)\n}", "6:1 7:1 9:1 11:0 13:1", "7.0:1 7.1:0"},
		{"labels", "are no statements", "outer:\nfor {\n for { break outer }\n}", "7:1 8:1 10:1", ""},
		{"goto", "runs what follows the label again", "n := 0\nagain:\n n++\nif n < 3 {\n goto again\n}", "6:1 8:3 9:3 10:2 12:1", "9.0:2 9.1:1"},
		{"declarations", "only variables do something", "const a = 1\ntype t int\nvar n t = a\n{\n _ = n\n}", "8:1 10:1 12:1", ""},
		{"loops", "over functions, too", "for i := range 3 { _ = i }\nfor range func(yield func() bool) {\n yield()\n} {\n continue }", "6:3 7:1 8:1 10:1 11:1", ""},
		{"panics", "stop the counting where they are", "func() {\n defer func() { recover() }()\n var p *int\n *p = 1\n e.Set(`never`, 1)\n}()", "6:1 7:1 8:1 9:1 10:0 12:1", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := coverage.New(nil)
			p := start(t, load(t, files("plugin.go", body(row.body+"\nreturn e, nil")), interp.WithCoverage(c)), "{}")
			p.must(`{"event":"x"}`)
			require.Len(t, c.Files(), 1)
			lines, branches := counts(c.Files()[0])
			assert.Equal(t, row.lines, lines, row.reason)
			assert.Equal(t, row.branches, branches, row.reason)
		})
	}
}

// shownFiles are the files of a profile with the counts of their lines.
func shownFiles(c *coverage.Profile) string {
	var list []string
	for _, f := range c.Files() {
		lines, _ := counts(f)
		list = append(list, f.Name+" "+lines)
	}
	return strings.Join(list, "; ")
}

// A plugin's own packages are counted, what is installed, tests and the SDK are not.
func TestWhichFilesAreCounted(t *testing.T) {
	fsys := files(
		"go.mod", "module example.org/p\n",
		"p.go", "package p\n\nimport (\n\"example.org/p/sub\"\n\"example.org/other\"\n\"github.com/plugreel/plugreel/sdk\"\n\"slices\"\n)\n\n"+
			"func ProcessEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {\ne.Set(`n`, sub.Twice(other.N) + slices.Max([]int{1}))\nreturn e, nil\n}\n",
		"p_test.go", "package p\n\nvar test = 1\n",
		"p_windows.go", "package p\n\nvar windows = 1\n",
		"settings.go", "package p\n\nvar settings = 1\n",
		"sub/sub.go", "package sub\n\n// Twice is generic.\nfunc Twice[T ~int](n T) T {\nreturn n + n\n}\n\nfunc never() {\nprintln()\n}\n",
		"vendor/example.org/other/other.go", "package other\n\nvar N = 1\n",
		"unused/unused.go", "package unused\n\nvar n = 1\n",
	)
	c := coverage.New(func(file string) bool { return file != "settings.go" })
	p := start(t, load(t, fsys, interp.WithCoverage(c)), "{}")
	require.Equal(t, `{"n":3}`, p.must(`{}`))
	assert.Equal(t, "p.go 11:1 12:1; sub/sub.go 5:1 9:0", shownFiles(c))
}

// All instances, and what runs when they are made, count into one profile: Load makes one, too.
func TestCountsOfInstances(t *testing.T) {
	source := "package p\n\nimport \"github.com/plugreel/plugreel/sdk\"\n\nvar n = twice(1)\n\nfunc init() {\nn++\n}\n\nfunc twice[T int | float64](n T) T {\nreturn n + n\n}\n\n" +
		"func Hooks() sdk.Hooks {\nreturn sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {\ne.Set(`n`, twice(1.5))\nreturn e, nil\n}}\n}\n"
	c := coverage.New(nil)
	program := load(t, files("p.go", source), interp.WithCoverage(c))
	assert.Equal(t, "p.go 5:1 8:1 12:1 16:1 17:0 18:0", shownFiles(c), "of Load")
	first, second := start(t, program, "{}"), start(t, program, "{}")
	assert.Equal(t, "p.go 5:3 8:3 12:3 16:3 17:0 18:0", shownFiles(c), "of two instances more")
	var calls sync.WaitGroup
	for _, p := range []*plugin{first, second} {
		calls.Go(func() {
			for range 10 {
				p.must(`{}`)
			}
		})
	}
	calls.Wait()
	assert.Equal(t, "p.go 5:3 8:3 12:23 16:3 17:20 18:20", shownFiles(c), "of calls at the same time")
	again := load(t, files("p.go", source), interp.WithCoverage(c))
	start(t, again, "{}").must(`{}`)
	assert.Equal(t, "p.go 5:5 8:5 12:26 16:5 17:21 18:21", shownFiles(c), "of the plugin loaded again")
}

// What ran before a hook failed has run.
func TestCountsOfFailures(t *testing.T) {
	for _, row := range []struct{ name, body, want string }{
		{"error", "if e.Has(`x`) {\nreturn nil, errors.New(`no`)\n}", "7:1 8:1 10:0"},
		{"panic", "var p *int\n*p = 1\n_ = errors.New", "7:1 8:1 9:0 10:0"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := coverage.New(nil)
			p := start(t, load(t, files("p.go", body(row.body+"\nreturn e, nil", "errors")), interp.WithCoverage(c)), "{}")
			_, err := p.process(`{"x":1}`)
			require.Error(t, err)
			assert.Equal(t, "p.go "+row.want, shownFiles(c))
		})
	}
}

// Initialisation that panics has been counted up to there.
func TestCountsOfALoadThatFails(t *testing.T) {
	c := coverage.New(nil)
	_, err := tryLoad(files("p.go", "package p\n\nfunc init() {\npanic(1)\nprintln()\n}\n"), interp.WithCoverage(c))
	require.Error(t, err)
	assert.Equal(t, "p.go 4:1 5:0", shownFiles(c))
}
