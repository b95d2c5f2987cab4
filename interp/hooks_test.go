package interp_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

func TestAllHooks(t *testing.T) {
	p := plug(t, `package p

import (
	"errors"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

func OnEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) error {
	meta.Logger.Log("on", e.UUID())
	return sdk.Retry(errors.New("later"))
}

func ComposeWebhook(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.Webhook, error) {
	switch e.Event() {
	case "none":
		return nil, nil
	case "empty":
		return &sdk.Webhook{}, nil
	}
	return &sdk.Webhook{URL: "https://h/" + e.Event(), Headers: map[string]string{"A": "b"}, Body: strings.Repeat("x", 3)}, nil
}

func RunEveryHour(meta *sdk.PluginMeta) error { meta.Logger.Warn("tick"); return nil }

var Jobs = map[string]func(sdk.Value, *sdk.PluginMeta) error{"j": func(v sdk.Value, meta *sdk.PluginMeta) error {
	meta.Logger.Log("job", v.StrOr("?"))
	return nil
}}

func TeardownPlugin(meta *sdk.PluginMeta) error { return errors.New("torn") }
`)
	e, err := sdk.NewEvent([]byte(`{"uuid":"u1","event":"x"}`))
	require.NoError(t, err)
	var retry *sdk.RetryError
	err = p.call(func() error { return p.hooks.OnEvent(e, p.meta) })
	require.ErrorAs(t, err, &retry)
	assert.EqualError(t, err, "RetryError: later")
	w, err := p.hooks.ComposeWebhook(e, p.meta)
	require.NoError(t, err)
	assert.Equal(t, &sdk.Webhook{URL: "https://h/x", Headers: map[string]string{"A": "b"}, Body: "xxx"}, w)
	none, _ := sdk.NewEvent([]byte(`{"event":"none"}`))
	w, err = p.hooks.ComposeWebhook(none, p.meta)
	assert.Nil(t, w)
	require.NoError(t, err)
	empty, _ := sdk.NewEvent([]byte(`{"event":"empty"}`))
	_, err = p.hooks.ComposeWebhook(empty, p.meta)
	require.ErrorContains(t, err, "without URL")
	require.NoError(t, p.call(func() error { return p.hooks.RunEvery[sdk.EveryHour](p.meta) }))
	job, _ := sdk.ParseValue([]byte(`"payload"`))
	require.NoError(t, p.call(func() error { return p.hooks.Jobs["j"](job, p.meta) }))
	require.EqualError(t, p.hooks.TeardownPlugin(p.meta), "torn")
	assert.Equal(t, []string{"LOG on u1", "WARN tick", "LOG job payload"}, p.logs)
	assert.Equal(t, []string{"onEvent", "composeWebhook", "runEveryHour", "jobs", "teardownPlugin"}, p.hooks.Names())
}

func TestPanics(t *testing.T) {
	for _, c := range []struct {
		name, statements string
		line             int
		want             string
	}{
		{"value", "panic(\"boom\")", 6, "panic: boom"},
		{"nil map", "var m map[string]int\n\tm[\"a\"] = 1\n\treturn e, nil", 7, "panic: assignment to entry in nil map"},
		{"index", "x := []int{1}\n\ti := 3\n\n\te.Set(\"n\", x[i])\n\treturn e, nil", 9, "panic: runtime error: index out of range"},
		{"nil pointer", "var o *sdk.Object\n\to.Set(\"a\", 1)\n\treturn e, nil", 7, "panic: runtime error: invalid memory address or nil pointer dereference"},
		{"divide", "z := 0\n\te.Set(\"n\", 1/z)\n\treturn e, nil", 7, "panic: runtime error: integer divide by zero"},
		{"assertion", "var v any = 1\n\te.Set(\"s\", v.(string))\n\treturn e, nil", 7, "panic: interface conversion: interface {} is int, not string"},
		{"after a call", "f := func() int { return 0 }\n\tx := []int{f()}\n\n\treturn e, func() error { _ = x[f()+5]; return nil }()", 9, "panic: runtime error: index out of range"},
		{"recursion", "var f func(int) int\n\tf = func(n int) int { return f(n+1) + 1 }\n\te.Set(\"n\", f(0))\n\treturn e, nil", 7, "panic: stack overflow: more than 1000 calls deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := plug(t, body(c.statements))
			_, err := p.process(`{"event":"x"}`)
			var panicked *interp.PanicError
			require.ErrorAs(t, err, &panicked)
			assert.Contains(t, err.Error(), c.want)
			assert.Equal(t, "plugin.go", panicked.File)
			assert.Equal(t, c.line, panicked.Line)
			assert.Contains(t, panicked.Stack(), "ProcessEvent")
			_, err = p.process(`{"event":"x"}`)
			require.ErrorAs(t, err, &panicked, "the instance is usable after a panic")
		})
	}
}

func TestPanicStack(t *testing.T) {
	p := plug(t, strings.Replace(body("helper(3)\n\treturn e, nil"), "\nfunc", "\ntype thing struct{}\n\nfunc (t *thing) explode() { panic(sdk.ErrTeamChanged) }\n\nfunc helper(n int) { (&thing{}).explode() }\n\nfunc", 1))
	_, err := p.process("{}")
	var panicked *interp.PanicError
	require.ErrorAs(t, err, &panicked)
	require.ErrorIs(t, err, sdk.ErrTeamChanged)
	assert.Equal(t, "at (*thing).explode (plugin.go:7)\nat helper\nat ProcessEvent", panicked.Stack())
}

func TestRecursionOfAllKinds(t *testing.T) {
	for name, source := range map[string]string{
		"function": "func f(n int) int { return f(n+1) + 1 }\n",
		"mutual":   "func f(n int) int { return g(n+1) + 1 }\nfunc g(n int) int { return f(n) + 1 }\n",
		"method":   "type t struct{}\nfunc (x t) m(n int) int { return x.m(n + 1) }\nfunc f(n int) int { return t{}.m(n) }\n",
		"interface": "type i interface{ m(n int) int }\ntype t struct{ i }\nfunc (x t) m(n int) int { return x.i.m(n + 1) }\n" +
			"type u struct{ p *t }\nfunc (x u) m(n int) int { return x.p.m(n) }\nfunc f(n int) int { x := &t{}; x.i = u{x}; return x.m(n) }\n",
		"value":     "var v func(int) int\nfunc init() { v = func(n int) int { return v(n+1) + 1 } }\nfunc f(n int) int { return v(n) }\n",
		"passed":    "func call(g func(int) int, n int) int { return g(n) }\nfunc f(n int) int { var g func(int) int; g = func(n int) int { return call(g, n+1) }; return g(n) }\n",
		"printed":   "type t struct{}\nfunc (x t) String() string { return \"<\" + fmt.Sprint(x) + \">\" }\nfunc f(n int) int { return len(fmt.Sprint(t{})) }\n",
		"marshaled": "type t struct{}\nfunc (x t) MarshalJSON() ([]byte, error) { return encode(x) }\nfunc encode(v any) ([]byte, error) { return json.Marshal(v) }\nfunc f(n int) int { b, _ := encode(t{}); return len(b) }\n",
		"element":   "var fs []func(int) int\nfunc f(n int) int { fs = append(fs[:0], func(n int) int { return fs[0](n + 1) }); return fs[0](n) }\n",
	} {
		t.Run(name, func(t *testing.T) {
			var imports []string
			for name, path := range map[string]string{"fmt.": "fmt", "json.": "encoding/json"} {
				if strings.Contains(source, name) {
					imports = append(imports, path)
				}
			}
			p := plug(t, strings.Replace(body("e.Set(\"n\", f(0))\n\treturn e, nil", imports...), "\nfunc", "\n"+source+"\nfunc", 1))
			_, err := p.process("{}")
			require.ErrorContains(t, err, "stack overflow")
		})
	}
}

func TestDeepButFinite(t *testing.T) {
	p := plug(t, strings.Replace(body("e.Set(\"n\", sum(900))\n\te.Set(\"m\", sum(900))\n\treturn e, nil"), "\nfunc", "\nfunc sum(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn n + sum(n-1)\n}\n\nfunc", 1))
	assert.Equal(t, `{"n":405450,"m":405450}`, p.must("{}"))
}

func TestStop(t *testing.T) {
	for name, statements := range map[string]string{
		"loop":          "for {\n\t}",
		"loop and work": "n := 0\n\tfor {\n\t\tn++\n\t\te.Set(\"n\", n)\n\t}",
		"recover":       "for {\n\t\tfunc() {\n\t\t\tdefer func() { recover() }()\n\t\t\tpanic(1)\n\t\t}()\n\t}",
		"deferred":      "defer func() {\n\t\tfor {\n\t\t}\n\t}()\n\treturn e, nil",
		"receive":       "<-make(chan int)\n\treturn e, nil",
		"select":        "select {}",
		"range":         "for range make(chan int) {\n\t}\n\treturn e, nil",
		"nil channel":   "var c chan int\n\tc <- 1\n\treturn e, nil",
		"context":       "<-meta.Context().Done()\n\tfor {\n\t}",
		"callback":      "e.Properties().Each(func(k string, v sdk.Value) bool {\n\t\tfor {\n\t\t}\n\t})\n\treturn e, nil",
		"iterator":      "for range e.Properties().All() {\n\t\tfor {\n\t\t}\n\t}\n\treturn e, nil",
	} {
		t.Run(name, func(t *testing.T) { stops(t, load(t, files("plugin.go", body(statements)))) })
		t.Run(name+", counted", func(t *testing.T) {
			c := coverage.New(nil)
			stops(t, load(t, files("plugin.go", body(statements)), interp.WithCoverage(c)))
			assert.Equal(t, 1, c.Files()[0].Lines[0].Count, "what ran has run")
		})
	}
}

// stops stops an instance while it processes an event.
func stops(t *testing.T, program sdk.Program) {
	p := start(t, program, "{}")
	e, err := sdk.NewEvent([]byte(`{"properties":{"a":1}}`))
	require.NoError(t, err)
	number := p.meta.Begin(context.Background())
	timer := time.AfterFunc(20*time.Millisecond, func() { p.meta.Stop(number, sdk.ErrTimeout) })
	defer timer.Stop()
	out, err := p.hooks.ProcessEvent(e, p.meta)
	require.ErrorIs(t, p.meta.End(), sdk.ErrTimeout)
	assert.Nil(t, out)
	require.ErrorIs(t, err, sdk.ErrTimeout)
	require.ErrorIs(t, err, sdk.ErrInstanceDead)
	_, err = p.process("{}")
	require.ErrorIs(t, err, sdk.ErrInstanceDead, "a stopped instance stays dead")
	require.NoError(t, p.hooks.Close())
	require.NoError(t, p.hooks.Close(), "a second Close does nothing")
}

func TestClose(t *testing.T) {
	p := plug(t, body("return e, nil"))
	require.NoError(t, p.hooks.Close())
	_, err := p.process("{}")
	require.ErrorIs(t, err, sdk.ErrInstanceDead)
}

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name, statements, in, want string
		imports                    []string
	}{
		{"another event", "n, err := sdk.NewEvent([]byte(`{\"event\":\"new\"}`))\n\treturn n, err", "{}", `{"event":"new"}`, nil},
		{"own struct", "e.Set(\"p\", struct{ A int; B []string `json:\"b\"` }{1, []string{\"x\"}})\n\treturn e, nil", "{}", `{"p":{"A":1,"b":["x"]}}`, nil},
		{"map", "e.Set(\"m\", map[string]any{\"b\": 1, \"a\": nil})\n\treturn e, nil", "{}", `{"m":{"a":null,"b":1}}`, nil},
		{"iterate", "n := \"\"\n\tfor k, v := range e.All() {\n\t\tif v.Kind() == sdk.KindNumber {\n\t\t\tcontinue\n\t\t}\n\t\tn += k\n\t}\n\te.Set(\"n\", n)\n\treturn e, nil", `{"a":"x","b":1,"c":null}`, `{"a":"x","b":1,"c":null,"n":"ac"}`, nil},
		{"clock", "a := time.Now()\n\ttime.Sleep(time.Hour)\n\te.Set(\"d\", time.Since(a).Hours())\n\te.Set(\"y\", a.Year())\n\treturn e, nil", "{}", `{"d":1,"y":2024}`, []string{"time"}},
		{"local time", "e.Set(\"z\", time.Unix(0, 0).In(time.Local).String())\n\treturn e, nil", "{}", `{"z":"1970-01-01 00:00:00 +0000 UTC"}`, []string{"time"}},
		{"attachment", "e.Set(\"f\", string(meta.Attachments[\"file\"].Contents))\n\treturn e, nil", "{}", `{"f":"hello"}`, nil},
		{"global", "meta.Global[\"n\"] = 5 + len(e.Keys())\n\tn, _ := meta.Global[\"n\"].(int)\n\te.Set(\"n\", n*2)\n\treturn e, nil", `{"a":1}`, `{"a":1,"n":12}`, nil},
		{"embedding host types", "type wrap struct{ *sdk.PluginEvent }\n\tw := wrap{e}\n\tw.Set(\"u\", w.UUID())\n\treturn w.PluginEvent, nil", `{"uuid":"1"}`, `{"uuid":"1","u":"1"}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, plug(t, body(c.statements, c.imports...)).must(c.in))
		})
	}
}

func TestErrors(t *testing.T) {
	source := strings.Replace(body(`switch e.Event() {
	case "own":
		return nil, &notFound{"k"}
	case "wrapped":
		return nil, fmt.Errorf("wrap: %w", &notFound{"q"})
	case "typed nil":
		var n *notFound
		return nil, n
	}
	e.Set("event", make(chan int))
	return e, nil`, "fmt"), "\nfunc", `
type notFound struct{ key string }

func (n *notFound) Error() string {
	if n == nil {
		return "nil error"
	}
	return "not found: " + n.key
}

func (n *notFound) Unwrap() error { return sdk.ErrNotAnEvent }

func`, 1)
	p := plug(t, source)
	_, err := p.process(`{"event":"own"}`)
	require.EqualError(t, err, "not found: k")
	require.ErrorIs(t, err, sdk.ErrNotAnEvent)
	_, err = p.process(`{"event":"wrapped"}`)
	require.EqualError(t, err, "wrap: not found: q")
	require.ErrorIs(t, err, sdk.ErrNotAnEvent)
	_, err = p.process(`{"event":"typed nil"}`)
	require.EqualError(t, err, "nil error", "a typed nil is an error, as in compiled Go")
}

func TestRetainedEvent(t *testing.T) {
	p := plug(t, strings.Replace(body("if kept != nil {\n\t\tkept.Set(\"x\", 1)\n\t}\n\tkept = e\n\treturn e, nil"), "\nfunc", "\nvar kept *sdk.PluginEvent\n\nfunc", 1))
	e, err := sdk.NewEvent([]byte("{}"))
	require.NoError(t, err)
	_, err = p.hooks.ProcessEvent(e, p.meta)
	require.NoError(t, err)
	e.Release()
	_, err = p.process("{}")
	var panicked *interp.PanicError
	require.ErrorAs(t, err, &panicked)
	assert.Equal(t, 9, panicked.Line)
}

func TestTeamID(t *testing.T) {
	// The host finds the change and undoes it; the engine lets the plugin write.
	assert.Equal(t, `{"team_id":7}`, plug(t, body("e.Set(\"team_id\", 7)\n\treturn e, nil")).must(`{"team_id":2}`))
}

func TestPrint(t *testing.T) {
	p := plug(t, body("fmt.Print(\"a\", 1)\n\tfmt.Println(\"b\")\n\tfmt.Printf(\"%v\\nrest\", struct{ A any }{e.Event()})\n\tprintln(\"low\", 5)\n\treturn e, nil", "fmt"))
	p.must(`{"event":"E"}`)
	assert.Equal(t, []string{"LOG a1b", "LOG {E}", "LOG restlow 5"}, p.logs)
}

func TestRandomIsTheHosts(t *testing.T) {
	source := body("e.Set(\"r\", rand.IntN(1000000))\n\treturn e, nil", "math/rand/v2")
	a, b := plug(t, source), plug(t, source)
	one, two := a.must(`{}`), a.must(`{}`)
	assert.NotEqual(t, one, two, "each call is seeded anew")
	assert.Equal(t, one, b.must(`{}`), "from meta.Random")
	assert.Equal(t, two, b.must(`{}`))
}

func TestMapOrderIsTheSame(t *testing.T) {
	source := body("m := map[string]int{\"c\": 1, \"a\": 2, \"b\": 3}\n\ts := \"\"\n\tfor k := range m {\n\t\ts += k\n\t}\n\te.Set(\"s\", s)\n\treturn e, nil")
	for range 5 {
		assert.Equal(t, `{"s":"abc"}`, plug(t, source).must("{}"))
	}
}

func TestSingleGoroutineLocks(t *testing.T) {
	p := plug(t, body("var m sync.Mutex\n\tm.Lock()\n\tm.Lock()\n\treturn e, nil", "sync"))
	_, err := p.process("{}")
	require.ErrorContains(t, err, "deadlock")
	p = plug(t, body("var m sync.Mutex\n\tm.Unlock()\n\treturn e, nil", "sync"))
	_, err = p.process("{}")
	require.ErrorContains(t, err, "unlock of unlocked mutex")
}

func TestCallsAfterAnErrorOfNew(t *testing.T) {
	program := load(t, files("a.go", body("return e, nil")))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	meta, err := sdk.NewMeta(sdk.MetaConfig{})
	require.NoError(t, err)
	hooks, err := program.New(ctx, meta)
	if err == nil { // the interpreter was ready before it looked
		require.NoError(t, hooks.Close())
		return
	}
	require.True(t, errors.Is(err, context.Canceled), err)
}
