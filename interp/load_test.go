package interp_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"go/constant"
	"go/token"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/sdk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEndToEnd(t *testing.T) {
	p := start(t, load(t, files("plugin.go", `package greet

import (
	"fmt"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

var greeting string

func SetupPlugin(meta *sdk.PluginMeta) error {
	greeting = meta.Config.Get("greeting").StrOr("hello")
	fmt.Println("set up", greeting)
	return nil
}

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "drop" {
		return nil, nil
	}
	if e.Event() == "fail" {
		return nil, fmt.Errorf("event %q: not wanted", e.Event())
	}
	p := e.Properties()
	p.Set("greeting", strings.ToUpper(greeting))
	p.Set("tags", []string{"a", "b"})
	p.Set("n", p.Get("n").IntOr(0)+1)
	meta.Logger.Info("seen", e.Event())
	return e, nil
}
`)), `{"greeting":"hi"}`)
	assert.Equal(t, `{"event":"x","properties":{"n":8,"greeting":"HI","tags":["a","b"]}}`, p.must(`{"event":"x","properties":{"n":7}}`))
	assert.Equal(t, "dropped", p.must(`{"event":"drop"}`))
	_, err := p.process(`{"event":"fail"}`)
	assert.EqualError(t, err, `event "fail": not wanted`)
	assert.Equal(t, []string{"LOG set up hi", "INFO seen x"}, p.logs)
}

func TestLayouts(t *testing.T) {
	util := "package util\n\nfunc Double(n int) int { return n * 2 }\n"
	main := func(imp string) string {
		return body("e.Set(\"n\", util.Double(4))\n\treturn e, nil", imp)
	}
	for _, c := range []struct {
		name   string
		reason string
		files  []string
	}{
		{"several files", "a package is all files of the directory", []string{"a.go", body("e.Set(\"n\", double(4))\n\treturn e, nil"), "b.go", "package plugin\n\nfunc double(n int) int { return n * 2 }\n"}},
		{"subpackage of the module", "go.mod names the prefix", []string{"go.mod", "module example.org/plug // x\n\ngo 1.26\n", "a.go", main("example.org/plug/util"), "util/u.go", util}},
		{"subpackage without go.mod", "the path is taken from the root", []string{"a.go", main("util"), "util/u.go", util}},
		{"vendor", "dependencies travel with the plugin", []string{"a.go", main("example.org/x/util"), "vendor/example.org/x/util/u.go", util}},
		{"vendored package imports another", "paths in vendor are looked up in vendor", []string{
			"a.go", main("example.org/x/util"),
			"vendor/example.org/x/util/u.go", "package util\n\nimport \"example.org/y\"\n\nfunc Double(n int) int { return y.Twice(n) }\n",
			"vendor/example.org/y/y.go", "package y\n\nfunc Twice(n int) int { return n + n }\n"}},
		{"tests and other systems left out", "their files are not the plugin's", []string{
			"a.go", main("util"), "util/u.go", util, "a_test.go", "package nonsense\n", "util/u_windows.go", "package util\n\nimport \"syscall\"\n",
			"util/ignored.go", "//go:build ignore\n\npackage main\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := start(t, load(t, files(c.files...)), "{}")
			assert.Equal(t, `{"n":8}`, p.must(`{}`), c.reason)
		})
	}
}

func TestRefused(t *testing.T) {
	hook := "func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) { return e, nil }\n"
	head := "package p\n\nimport \"github.com/plugreel/plugreel/sdk\"\n\n"
	for _, c := range []struct {
		name  string
		files []string
		want  []string
	}{
		{"no files", []string{"readme.md", ""}, []string{"test: got no Go files, want a package with a hook function such as ProcessEvent"}},
		{"syntax", []string{"a.go", "package p\n\nfunc f( {\n"}, []string{"a.go:3:9: expected ')', found '{'"}},
		{"two packages", []string{"a.go", head + hook, "b.go", "package q\n"}, []string{"b.go:1:9: package q: got a second package in the directory, want p"}},
		{"forbidden import", []string{"a.go", "package p\n\nimport \"os/exec\"\n\nvar _ = exec.Command\n"}, []string{`a.go:3:8: import "os/exec": a plugin may not import it`}},
		{"unsafe", []string{"a.go", "package p\n\nimport \"unsafe\"\n\nvar _ unsafe.Pointer\n"}, []string{`import "unsafe": a plugin may not import it`}},
		{"missing package", []string{"a.go", "package p\n\nimport \"example.org/none\"\n\nvar _ = none.X\n"}, []string{`a.go:3:8: import "example.org/none": no such package; put it into the plugin's vendor directory`}},
		{"cgo", []string{"a.go", "package p\n\nimport \"C\"\n"}, []string{`a.go:3:8: import "C": cgo is not available`}},
		{"import cycle", []string{"a.go", "package p\n\nimport _ \"x\"\n", "x/x.go", "package x\n\nimport _ \"y\"\n", "y/y.go", "package y\n\nimport _ \"x\"\n"}, []string{`y/y.go:3:8: import "x": import cycle`}},
		{"unused variable and import", []string{"a.go", "package p\n\nimport \"strings\"\n\nfunc f() {\n\tx := 1\n}\n"}, []string{`a.go:3:8: "strings" imported and not used`, "a.go:6:2: declared and not used: x"}},
		{"missing return", []string{"a.go", "package p\n\nfunc f() int {\n}\n"}, []string{"a.go:4:1: missing return"}},
		{"wrong number of results", []string{"a.go", "package p\n\nfunc f() (int, error) {\n\treturn 1\n}\n"}, []string{"a.go:4:9: not enough return values, have (number), want (int, error)"}},
		{"in the order of the text", []string{"a.go", "package p\n\nfunc f() {\n\tx := 1\n\tgo f()\n\tvar y int = \"s\"\n}\n"}, []string{"a.go:4:2: declared and not used: x\ntest: a.go:5:2: go statement: a plugin runs in one goroutine; call the function directly\ntest: a.go:6:6: declared and not used: y\ntest: a.go:6:14: cannot use"}},
		{"wrong type", []string{"a.go", "package p\n\nvar x int = \"s\"\n"}, []string{"a.go:3:13: cannot use \"s\""}},
		{"error in a subpackage", []string{"a.go", "package p\n\nimport _ \"x\"\n", "x/x.go", "package x\n\nvar y undefined\n"}, []string{"x/x.go:3:7: undefined: undefined"}},
		{"go statement", []string{"a.go", "package p\n\nfunc f() {\n\tgo f()\n}\n"}, []string{"a.go:4:2: go statement: a plugin runs in one goroutine"}},
		{"linkname", []string{"a.go", "package p\n\n//go:linkname x y\n"}, []string{"a.go:3:1: //go:linkname is not available"}},
		{"timers", []string{"a.go", "package p\n\nimport \"time\"\n\nvar x = time.After(1)\n"}, []string{"a.go:5:14: undefined: time.After: there are no timers"}},
		{"wrong signature", []string{"a.go", head + "func ProcessEvent(e *sdk.PluginEvent) *sdk.PluginEvent { return e }\n\nfunc SetupPlugin(n int, m *sdk.PluginMeta) {}\n"}, []string{
			"a.go:5:6: ProcessEvent: got func(*sdk.PluginEvent) *sdk.PluginEvent, want func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error)",
			"a.go:7:6: SetupPlugin: got func(int, *sdk.PluginMeta), want func(*sdk.PluginMeta) error"}},
		{"hook is a variable", []string{"a.go", head + "var OnEvent func(*sdk.PluginEvent, *sdk.PluginMeta) error\n"}, []string{"OnEvent: got a variable of type func(*sdk.PluginEvent, *sdk.PluginMeta) error, want func"}},
		{"generic hook", []string{"a.go", "package p\n\nfunc TeardownPlugin[T any](x T) {}\n"}, []string{"TeardownPlugin: got a generic function, want"}},
		{"init panics", []string{"a.go", "package p\n\nvar m map[string]int\n\nfunc init() {\n\tm[\"a\"] = 1\n}\n"}, []string{"a.go:6: panic: assignment to entry in nil map (a.go:6)"}},
		{"variable panics", []string{"a.go", "package p\n\nvar zero int\nvar x = 1 / zero\n"}, []string{"a.go:4: panic: runtime error: integer divide by zero"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := tryLoad(files(c.files...))
			require.Error(t, err)
			var load *sdk.LoadError
			require.ErrorAs(t, err, &load)
			assert.Equal(t, "test", load.Plugin)
			for _, want := range c.want {
				assert.Contains(t, err.Error(), want)
			}
		})
	}
}

func TestInitThatNeverEnds(t *testing.T) {
	for _, statement := range []string{"for {\n\t}", "select {}", "<-make(chan int)"} {
		_, err := tryLoad(files("a.go", "package p\n\nfunc init() {\n\t"+statement+"\n}\n"), interp.WithLoadTimeout(50*time.Millisecond))
		require.ErrorIs(t, err, sdk.ErrTimeout, statement)
		assert.Contains(t, err.Error(), "top-level code")
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("no time")
	cancel(why)
	_, err := interp.Load(ctx, files("a.go", "package p\n\nfunc init() { for {} }\n"), noManifest)
	require.ErrorIs(t, err, why)
}

func TestInfo(t *testing.T) {
	source := `package p

import "github.com/plugreel/plugreel/sdk"

func TeardownPlugin(*sdk.PluginMeta) error { return nil }
func OnEvent(*sdk.PluginEvent, *sdk.PluginMeta) error { return nil }
func RunEveryDay(*sdk.PluginMeta) error { return nil }
func RunEveryMinute(*sdk.PluginMeta) error { return nil }

var Jobs = map[string]func(sdk.Value, *sdk.PluginMeta) error{
	"send": func(v sdk.Value, _ *sdk.PluginMeta) error { return nil },
}
`
	info := load(t, files("b.go", source, "a.go", "package p\n"), interp.WithName("other")).Info()
	assert.Equal(t, "other", info.Name)
	assert.Equal(t, []string{"onEvent", "runEveryMinute", "runEveryDay", "jobs", "teardownPlugin"}, info.Hooks)
	assert.Equal(t, []sdk.Schedule{sdk.EveryMinute, sdk.EveryDay}, info.Schedules)
	assert.Equal(t, []sdk.File{{Name: "a.go", SHA256: sha256.Sum256([]byte("package p\n"))}, {Name: "b.go", SHA256: sha256.Sum256([]byte(source))}}, info.Files)
}

func TestNoHooks(t *testing.T) {
	program := load(t, files("a.go", "package p\n\nfunc processEvent() {}\n"))
	assert.Empty(t, program.Info().Hooks)
	require.Len(t, program.Info().Notices, 1)
	n := program.Info().Notices[0]
	assert.Equal(t, "no-hooks", n.Code)
	assert.Equal(t, 3, n.Line)
	assert.Contains(t, n.Message, "ProcessEvent")
	assert.Nil(t, start(t, program, "{}").hooks.ProcessEvent)
}

func TestState(t *testing.T) {
	for _, c := range []struct {
		name   string
		reason string
		decls  string
		body   string
		want   sdk.State
		line   int
	}{
		{"none", "nothing is kept", "", "x := 1\n\tx++", sdk.StateNone, 0},
		{"read only", "tables are read", "var table = map[string]int{\"a\": 1}", "_ = table[\"a\"]", sdk.StateNone, 0},
		{"set in setup", "SetupPlugin runs once", "var x int\nfunc SetupPlugin(*sdk.PluginMeta) error { x = 1; return nil }", "_ = x", sdk.StateNone, 0},
		{"assigned", "", "var x int", "x = 1", sdk.StateMemory, 8},
		{"counted", "", "var x struct{ n int }", "x.n++", sdk.StateMemory, 8},
		{"map entry", "", "var x = map[string]int{}", "x[\"a\"] = 1", sdk.StateMemory, 8},
		{"deleted", "", "var x = map[string]int{}", "delete(x, \"a\")", sdk.StateMemory, 8},
		{"address", "whoever has it can write", "var x int", "p := &x\n\t*p = 1", sdk.StateMemory, 8},
		{"alias of a map", "the other name is the same map", "var x = map[string]int{}", "y := x\n\ty[\"a\"] = 1", sdk.StateMemory, 8},
		{"method with pointer receiver", "", "type c struct{ n int }\nfunc (c *c) inc() { c.n++ }\nvar x c", "x.inc()", sdk.StateMemory, 10},
		{"global", "", "", "meta.Global[\"a\"] = 1", sdk.StateMemory, 7},
		{"global read", "", "", "_ = meta.Global[\"a\"]", sdk.StateNone, 0},
		{"global by another name", "", "", "g := meta.Global\n\tg[\"a\"] = 1", sdk.StateMemory, 7},
		{"scheduled", "what runs between events keeps something", "func RunEveryHour(*sdk.PluginMeta) error { return nil }", "", sdk.StateMemory, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := "package p\n\nimport \"github.com/plugreel/plugreel/sdk\"\n\nfunc ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {\n\t" + c.body + "\n\treturn e, nil\n}\n"
			if c.decls != "" {
				source = strings.Replace(source, "func ProcessEvent", c.decls+"\nfunc ProcessEvent", 1)
				source = strings.Replace(source, "sdk\"\n\n", "sdk\"\n", 1)
			}
			info := load(t, files("p.go", source)).Info()
			assert.Equal(t, c.want, info.State, c.reason)
			if c.want == sdk.StateMemory {
				require.NotEmpty(t, info.Notices)
				assert.Equal(t, "state-memory", info.Notices[0].Code)
			}
		})
	}
}

func TestWithPackages(t *testing.T) {
	symbols := map[string]map[string]reflect.Value{"example.org/geo": {
		"Lookup": reflect.ValueOf(func(ip string) string { return "AT:" + ip }),
		"Max":    reflect.ValueOf(constant.MakeFromLiteral("3", token.INT, 0)),
		"Place":  reflect.ValueOf((*place)(nil)),
	}}
	source := body("p := geo.Place{City: \"Wien\"}\n\te.Set(\"c\", geo.Lookup(\"1\")+p.Name())\n\te.Set(\"n\", geo.Max)\n\treturn e, nil", "example.org/geo")
	_, err := tryLoad(files("a.go", source))
	require.ErrorContains(t, err, `import "example.org/geo": no such package`)
	p := start(t, load(t, files("a.go", source), interp.WithPackages(symbols)), "{}")
	assert.Equal(t, `{"c":"AT:1Wien!","n":3}`, p.must("{}"))
}

type place struct{ City string }

func (p place) Name() string { return p.City + "!" }

func TestInstancesShareNothing(t *testing.T) {
	program := load(t, files("a.go", strings.Replace(body("n++\n\te.Set(\"n\", n)\n\treturn e, nil"), "\nfunc", "\nvar n int\n\nfunc", 1)))
	a, b := start(t, program, "{}"), start(t, program, "{}")
	assert.Equal(t, `{"n":1}`, a.must("{}"))
	assert.Equal(t, `{"n":2}`, a.must("{}"))
	assert.Equal(t, `{"n":1}`, b.must("{}"))
	assert.Equal(t, sdk.StateMemory, program.Info().State)
}

func TestUnreadable(t *testing.T) {
	_, err := tryLoad(fstest.MapFS{"a.go": {Data: []byte{0xff, 0xfe}}})
	require.Error(t, err)
}
