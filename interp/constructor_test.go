package interp_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/sdk"
)

// constructed is a plugin with every hook that a constructor can return.
const constructed = `package p

import (
	"errors"

	"github.com/plugreel/plugreel/sdk"
)

type plugin struct {
	greeting string
	seen     int
}

func Hooks() sdk.Hooks {
	p := &plugin{}
	ticks := 0
	return sdk.Hooks{
		SetupPlugin:  p.setup,
		ProcessEvent: p.processEvent,
		OnEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) error {
			meta.Logger.Log("on", e.UUID())
			return nil
		},
		ComposeWebhook: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.Webhook, error) {
			return &sdk.Webhook{URL: "https://h/" + e.Event()}, nil
		},
		RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{
			sdk.EveryHour: func(meta *sdk.PluginMeta) error {
				ticks++
				meta.Logger.Log("tick", ticks)
				return nil
			},
		},
		Jobs:           map[string]func(sdk.Value, *sdk.PluginMeta) error{"j": p.job},
		TeardownPlugin: func(*sdk.PluginMeta) error { return errors.New("torn") },
		Close:          func() error { return errors.New("closed") },
	}
}

func (p *plugin) setup(meta *sdk.PluginMeta) error {
	p.greeting = meta.Config.Get("greeting").StrOr("hello")
	return nil
}

func (p *plugin) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	switch e.Event() {
	case "panic":
		var m map[string]int
		m["a"] = 1
	case "fail":
		return e, errors.New("failed")
	case "drop":
		return nil, nil
	}
	p.seen++
	e.Set("greeting", p.greeting)
	e.Set("seen", p.seen)
	return e, nil
}

func (p *plugin) job(v sdk.Value, meta *sdk.PluginMeta) error {
	meta.Logger.Log(p.greeting, v.StrOr("?"))
	return nil
}
`

func TestConstructor(t *testing.T) {
	program := load(t, files("plugin.go", constructed))
	all := []string{"setupPlugin", "processEvent", "onEvent", "composeWebhook", "runEveryHour", "jobs", "teardownPlugin"}
	assert.Equal(t, all, program.Info().Hooks)
	assert.Equal(t, []sdk.Schedule{sdk.EveryHour}, program.Info().Schedules)
	p := start(t, program, `{"greeting":"hi"}`)
	assert.Equal(t, all, p.hooks.Names())
	assert.Equal(t, `{"event":"x","greeting":"hi","seen":1}`, p.must(`{"event":"x"}`))
	assert.Equal(t, `{"event":"x","greeting":"hi","seen":2}`, p.must(`{"event":"x"}`), "a struct lives as long as the instance")
	assert.Equal(t, "dropped", p.must(`{"event":"drop"}`))
	_, err := p.process(`{"event":"fail"}`)
	require.EqualError(t, err, "failed")
	_, err = p.process(`{"event":"panic"}`)
	var panicked *interp.PanicError
	require.ErrorAs(t, err, &panicked)
	assert.Equal(t, "at (*plugin).processEvent (plugin.go:49)\nat Hooks.func", panicked.Stack())

	e, err := sdk.NewEvent([]byte(`{"uuid":"u1","event":"x"}`))
	require.NoError(t, err)
	require.NoError(t, p.hooks.OnEvent(e, p.meta))
	w, err := p.hooks.ComposeWebhook(e, p.meta)
	require.NoError(t, err)
	assert.Equal(t, "https://h/x", w.URL)
	require.NoError(t, p.hooks.RunEvery[sdk.EveryHour](p.meta))
	require.NoError(t, p.hooks.RunEvery[sdk.EveryHour](p.meta))
	job, err := sdk.ParseValue([]byte(`"payload"`))
	require.NoError(t, err)
	require.NoError(t, p.hooks.Jobs["j"](job, p.meta))
	require.EqualError(t, p.hooks.TeardownPlugin(p.meta), "torn")
	assert.Equal(t, []string{"LOG on u1", "LOG tick 1", "LOG tick 2", "LOG hi payload"}, p.logs)
	require.EqualError(t, p.hooks.Close(), "closed", "the plugin's own Close is called")
	require.NoError(t, p.hooks.Close(), "once")
}

// Each instance calls the constructor for itself.
func TestConstructorOfEachInstance(t *testing.T) {
	program := load(t, files("plugin.go", constructed))
	a, b := start(t, program, `{"greeting":"a"}`), start(t, program, `{"greeting":"b"}`)
	assert.Equal(t, `{"event":"x","greeting":"a","seen":1}`, a.must(`{"event":"x"}`))
	assert.Equal(t, `{"event":"x","greeting":"b","seen":1}`, b.must(`{"event":"x"}`))
}

func TestConstructorProblems(t *testing.T) {
	const imports = "package p\n\nimport \"github.com/plugreel/plugreel/sdk\"\n\n"
	for _, c := range []struct{ name, reason, source, want string }{
		{"another type", "the expected one is shown", imports + "func Hooks(meta *sdk.PluginMeta) sdk.Hooks { return sdk.Hooks{} }\n",
			"test: plugin.go:5:6: Hooks: got func(*sdk.PluginMeta) sdk.Hooks, want func() sdk.Hooks"},
		{"a pointer", "sdk.Native wants a value", imports + "func Hooks() *sdk.Hooks { return nil }\n",
			"test: plugin.go:5:6: Hooks: got func() *sdk.Hooks, want func() sdk.Hooks"},
		{"a variable", "it may change", imports + "var Hooks = func() sdk.Hooks { return sdk.Hooks{} }\n",
			"test: plugin.go:5:5: Hooks: got a variable of type func() sdk.Hooks, want func() sdk.Hooks"},
		{"a type", "the name is taken", "package p\n\ntype Hooks struct{}\n", "test: plugin.go:3:6: Hooks: got a type, want func() sdk.Hooks"},
		{"both forms", "one of them would be forgotten", imports + "func Hooks() sdk.Hooks { return sdk.Hooks{} }\n\nfunc SetupPlugin(*sdk.PluginMeta) error { return nil }\n",
			"test: plugin.go:7:6: SetupPlugin: got a hook beside func Hooks, want one or the other: let Hooks return it as sdk.Hooks{SetupPlugin: …}"},
		{"both forms, schedule", "these are in a map", imports + "func Hooks() sdk.Hooks { return sdk.Hooks{} }\n\nfunc RunEveryDay(*sdk.PluginMeta) error { return nil }\n",
			"let Hooks return it as sdk.Hooks{RunEvery: …}"},
		{"panic", "the author's line", imports + "func Hooks() sdk.Hooks {\n\tpanic(\"no\")\n}\n", "test: plugin.go:6: panic: no (plugin.go:6)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := tryLoad(files("plugin.go", c.source))
			require.ErrorContains(t, err, c.want, c.reason)
			assert.ErrorAs(t, err, new(*sdk.LoadError))
		})
	}
}

func TestConstructorWithoutHooks(t *testing.T) {
	program := load(t, files("plugin.go", "package p\n\nimport \"github.com/plugreel/plugreel/sdk\"\n\nfunc Hooks() sdk.Hooks { return sdk.Hooks{} }\n"))
	assert.Empty(t, program.Info().Hooks)
	require.NotEmpty(t, program.Info().Notices)
	assert.Equal(t, "no-hooks", program.Info().Notices[0].Code)
}

// An instance whose call was stopped does not run the plugin's Close.
func TestConstructorStopped(t *testing.T) {
	p := start(t, load(t, files("plugin.go", constructed)), "{}")
	p.meta.Stop(p.meta.Begin(t.Context()), errors.New("enough"))
	assert.EqualError(t, p.meta.End(), "enough")
	assert.NoError(t, p.hooks.Close())
}
