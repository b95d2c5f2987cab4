package interp

import (
	"errors"
	"fmt"
	"go/types"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/engine"
	"github.com/plugreel/plugreel/sdk"
)

// hook is a name that the host looks for in the plugin's package.
type hook struct {
	goName   string
	name     string // in JavaScript's spelling
	typ      string
	schedule sdk.Schedule
}

const (
	metaHook  = "func(*sdk.PluginMeta) error"
	eventHook = "func(*sdk.PluginEvent, *sdk.PluginMeta) "
)

// constructor is the function that makes the hooks of one instance, in packages that have one.
var constructor = hook{goName: "Hooks", name: "hooks", typ: "func() sdk.Hooks"}

// hookTable has the order of sdk.HookNames.
var hookTable = []hook{
	{"SetupPlugin", sdk.HookSetupPlugin, metaHook, 0},
	{"ProcessEvent", sdk.HookProcessEvent, eventHook + "(*sdk.PluginEvent, error)", 0},
	{"OnEvent", sdk.HookOnEvent, eventHook + "error", 0},
	{"ComposeWebhook", sdk.HookComposeWebhook, eventHook + "(*sdk.Webhook, error)", 0},
	{"RunEveryMinute", sdk.HookRunEveryMinute, metaHook, sdk.EveryMinute},
	{"RunEveryHour", sdk.HookRunEveryHour, metaHook, sdk.EveryHour},
	{"RunEveryDay", sdk.HookRunEveryDay, metaHook, sdk.EveryDay},
	{"Jobs", sdk.HookJobs, "map[string]func(sdk.Value, *sdk.PluginMeta) error", 0},
	{"TeardownPlugin", sdk.HookTeardownPlugin, metaHook, 0},
}

// findHooks chooses what of the plugin's package the host calls: the constructor, or the
// functions that are hooks. A name of a hook that is not of its type is an error.
func findHooks(u *engine.Checked) (engine.Entry, error) {
	entry := engine.Entry{Exports: map[string]types.Object{}, Results: map[string]*types.Func{}}
	var errs []error
	found := func(h hook) (types.Object, bool) {
		o := u.Root.Scope().Lookup(h.goName)
		if o == nil {
			return nil, false
		}
		if got := objectType(o); got != h.typ {
			errs = append(errs, problem(u, o, fmt.Errorf("%s: got %s, want %s", h.goName, got, h.typ)))
			return nil, false
		}
		return o, true
	}
	made, ok := found(constructor)
	if ok {
		entry.Results[constructor.goName] = made.(*types.Func)
	}
	for _, h := range hookTable {
		o, ok := found(h)
		switch {
		case ok && made != nil:
			errs = append(errs, problem(u, o, fmt.Errorf("%s: got a hook beside func Hooks, want one or the other: let Hooks return it as %s", h.goName, h.field())))
		case ok:
			entry.Exports[h.goName] = o
		}
	}
	return entry, errors.Join(errs...)
}

// field is where sdk.Hooks holds the hook.
func (h hook) field() string {
	if h.schedule != 0 {
		return "sdk.Hooks{RunEvery: …}"
	}
	return "sdk.Hooks{" + h.goName + ": …}"
}

// problem is an error at an object's declaration.
func problem(u *engine.Checked, o types.Object, err error) error {
	file, line, column := u.Position(o)
	return &sdk.LoadError{File: file, Line: line, Column: column, Err: err}
}

// objectType prints the type of a function or variable without parameter names, or says what
// else the object is.
func objectType(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		if o.Signature().TypeParams().Len() > 0 {
			return "a generic function"
		}
		return typeText(o.Type())
	case *types.Var:
		if _, ok := o.Type().Underlying().(*types.Signature); ok {
			return "a variable of type " + typeText(o.Type())
		}
		return typeText(o.Type().Underlying())
	case *types.Const:
		return "a constant"
	}
	return "a type"
}

func typeText(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Signature:
		return "func(" + tupleText(t.Params()) + ")" + resultText(t.Results())
	case *types.Map:
		return "map[" + typeText(t.Key()) + "]" + typeText(t.Elem())
	}
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

func tupleText(t *types.Tuple) string {
	var parts []string
	for v := range t.Variables() {
		parts = append(parts, typeText(v.Type()))
	}
	return strings.Join(parts, ", ")
}

func resultText(t *types.Tuple) string {
	switch t.Len() {
	case 0:
		return ""
	case 1:
		return " " + tupleText(t)
	}
	return " (" + tupleText(t) + ")"
}

// exported are the hooks as the plugin's package has them.
func exported(m *engine.Machine) sdk.Hooks {
	if made, ok := m.Export(constructor.goName).(sdk.Hooks); ok {
		return made
	}
	var h sdk.Hooks
	h.SetupPlugin = export[func(*sdk.PluginMeta) error](m, "SetupPlugin")
	h.ProcessEvent = export[func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error)](m, "ProcessEvent")
	h.OnEvent = export[func(*sdk.PluginEvent, *sdk.PluginMeta) error](m, "OnEvent")
	h.ComposeWebhook = export[func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error)](m, "ComposeWebhook")
	for _, entry := range hookTable {
		if entry.schedule == 0 {
			continue
		}
		if f := export[func(*sdk.PluginMeta) error](m, entry.goName); f != nil {
			if h.RunEvery == nil {
				h.RunEvery = map[sdk.Schedule]func(*sdk.PluginMeta) error{}
			}
			h.RunEvery[entry.schedule] = f
		}
	}
	h.Jobs = export[map[string]func(sdk.Value, *sdk.PluginMeta) error](m, "Jobs")
	h.TeardownPlugin = export[func(*sdk.PluginMeta) error](m, "TeardownPlugin")
	return h
}

// export is what the plugin exports under a name, the zero value if nothing.
func export[T any](m *engine.Machine, name string) T {
	v, _ := m.Export(name).(T)
	return v
}

// hooks makes the functions that a host calls.
func (in *instance) hooks() *sdk.Hooks {
	own := in.own
	return &sdk.Hooks{
		SetupPlugin:    in.metaHook("SetupPlugin", own.SetupPlugin),
		ProcessEvent:   in.processEvent(own.ProcessEvent),
		OnEvent:        in.onEvent(own.OnEvent),
		ComposeWebhook: in.composeWebhook(own.ComposeWebhook),
		RunEvery:       in.runEvery(own.RunEvery),
		Jobs:           in.jobs(own.Jobs),
		TeardownPlugin: in.metaHook("TeardownPlugin", own.TeardownPlugin),
		Close:          in.close,
	}
}

func (in *instance) metaHook(name string, f func(*sdk.PluginMeta) error) func(*sdk.PluginMeta) error {
	if f == nil {
		return nil
	}
	return func(meta *sdk.PluginMeta) error {
		return in.call(name, nil, func() error { return f(meta) })
	}
}

func (in *instance) processEvent(f func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error)) func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if f == nil {
		return nil
	}
	return func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (result *sdk.PluginEvent, err error) {
		err = in.call("ProcessEvent", e, func() error {
			result, err = f(e, meta)
			return err
		})
		if err != nil {
			return nil, err
		}
		return result, nil
	}
}

func (in *instance) onEvent(f func(*sdk.PluginEvent, *sdk.PluginMeta) error) func(*sdk.PluginEvent, *sdk.PluginMeta) error {
	if f == nil {
		return nil
	}
	return func(e *sdk.PluginEvent, meta *sdk.PluginMeta) error {
		return in.call("OnEvent", e, func() error { return f(e, meta) })
	}
}

func (in *instance) composeWebhook(f func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error)) func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error) {
	if f == nil {
		return nil
	}
	return func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (result *sdk.Webhook, err error) {
		err = in.call("ComposeWebhook", e, func() error {
			result, err = f(e, meta)
			return err
		})
		switch {
		case err != nil:
			return nil, err
		case result != nil && result.URL == "":
			return nil, errors.New("ComposeWebhook returned a webhook without URL")
		}
		return result, nil
	}
}

func (in *instance) runEvery(list map[sdk.Schedule]func(*sdk.PluginMeta) error) map[sdk.Schedule]func(*sdk.PluginMeta) error {
	if len(list) == 0 {
		return nil
	}
	tasks := map[sdk.Schedule]func(*sdk.PluginMeta) error{}
	for schedule, f := range list {
		tasks[schedule] = in.metaHook(schedule.String(), f)
	}
	return tasks
}

func (in *instance) jobs(list map[string]func(sdk.Value, *sdk.PluginMeta) error) map[string]func(sdk.Value, *sdk.PluginMeta) error {
	if len(list) == 0 {
		return nil
	}
	jobs := map[string]func(sdk.Value, *sdk.PluginMeta) error{}
	for name, f := range list {
		jobs[name] = func(payload sdk.Value, meta *sdk.PluginMeta) error {
			return in.call("Jobs."+name, nil, func() error { return f(payload, meta) })
		}
	}
	return jobs
}
