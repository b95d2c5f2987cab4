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

// findHooks chooses what of the plugin's package the host calls. A name of a hook that is not of
// its type is an error.
func findHooks(u *engine.Checked) (engine.Entry, error) {
	exports := map[string]types.Object{}
	var errs []error
	for _, h := range hookTable {
		o := u.Root.Scope().Lookup(h.goName)
		if o == nil {
			continue
		}
		if got := objectType(o); got != h.typ {
			file, line, column := u.Position(o)
			errs = append(errs, &sdk.LoadError{File: file, Line: line, Column: column, Err: fmt.Errorf("%s: got %s, want %s", h.goName, got, h.typ)})
			continue
		}
		exports[h.goName] = o
	}
	return engine.Entry{Exports: exports}, errors.Join(errs...)
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

// hooks makes the functions that a host calls.
func (in *instance) hooks() *sdk.Hooks {
	h := &sdk.Hooks{Close: in.close}
	h.SetupPlugin = in.metaHook("SetupPlugin")
	h.TeardownPlugin = in.metaHook("TeardownPlugin")
	h.ProcessEvent = in.processEvent()
	h.OnEvent = in.onEvent()
	h.ComposeWebhook = in.composeWebhook()
	for _, entry := range hookTable {
		if f := in.metaHook(entry.goName); f != nil && entry.schedule != 0 {
			if h.RunEvery == nil {
				h.RunEvery = map[sdk.Schedule]func(*sdk.PluginMeta) error{}
			}
			h.RunEvery[entry.schedule] = f
		}
	}
	h.Jobs = in.jobs()
	return h
}

func (in *instance) metaHook(name string) func(*sdk.PluginMeta) error {
	f, ok := in.machine.Export(name).(func(*sdk.PluginMeta) error)
	if !ok {
		return nil
	}
	return func(meta *sdk.PluginMeta) error {
		return in.call(name, nil, func() error { return f(meta) })
	}
}

func (in *instance) processEvent() func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	f, ok := in.machine.Export("ProcessEvent").(func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error))
	if !ok {
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

func (in *instance) onEvent() func(*sdk.PluginEvent, *sdk.PluginMeta) error {
	f, ok := in.machine.Export("OnEvent").(func(*sdk.PluginEvent, *sdk.PluginMeta) error)
	if !ok {
		return nil
	}
	return func(e *sdk.PluginEvent, meta *sdk.PluginMeta) error {
		return in.call("OnEvent", e, func() error { return f(e, meta) })
	}
}

func (in *instance) composeWebhook() func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error) {
	f, ok := in.machine.Export("ComposeWebhook").(func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error))
	if !ok {
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

func (in *instance) jobs() map[string]func(sdk.Value, *sdk.PluginMeta) error {
	list, ok := in.machine.Export("Jobs").(map[string]func(sdk.Value, *sdk.PluginMeta) error)
	if !ok || len(list) == 0 {
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
