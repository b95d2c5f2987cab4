package testkit

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// spy is a program that tells what kinds of errors its hooks return: a replay keeps their texts
// only.
type spy struct {
	sdk.Program
	kinds *errorKinds
}

// errorKinds holds the types of errors by their text. Calls into one instance do not overlap.
type errorKinds struct{ byText map[string][]string }

// add gives each failure the types of the errors whose text it has in it.
func (k *errorKinds) add(list []failure) []failure {
	for i := range list {
		for text, kinds := range k.byText {
			if text != "" && strings.Contains(list[i].text, text) {
				list[i].kinds = append(list[i].kinds, kinds...)
			}
		}
	}
	return list
}

// saw notes the types of an error and of all that it wraps.
func (k *errorKinds) saw(err error) error {
	if err == nil {
		return nil
	}
	if k.byText == nil {
		k.byText = map[string][]string{}
	}
	k.byText[err.Error()] = kindsOf(err)
	return err
}

func kindsOf(err error) []string {
	kinds := []string{fmt.Sprintf("%T", err)}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			kinds = append(kinds, kindsOf(inner)...)
		}
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			kinds = append(kinds, kindsOf(inner)...)
		}
	}
	return kinds
}

// New makes an instance whose hooks tell.
func (s spy) New(ctx context.Context, meta *sdk.PluginMeta) (*sdk.Hooks, error) {
	hooks, err := s.Program.New(ctx, meta)
	if err != nil {
		return hooks, s.kinds.saw(err)
	}
	told := *hooks
	if f := hooks.SetupPlugin; f != nil {
		told.SetupPlugin = func(m *sdk.PluginMeta) error { return s.kinds.saw(f(m)) }
	}
	if f := hooks.TeardownPlugin; f != nil {
		told.TeardownPlugin = func(m *sdk.PluginMeta) error { return s.kinds.saw(f(m)) }
	}
	if f := hooks.ProcessEvent; f != nil {
		told.ProcessEvent = func(e *sdk.PluginEvent, m *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			out, err := f(e, m)
			return out, s.kinds.saw(err)
		}
	}
	if f := hooks.OnEvent; f != nil {
		told.OnEvent = func(e *sdk.PluginEvent, m *sdk.PluginMeta) error { return s.kinds.saw(f(e, m)) }
	}
	if f := hooks.ComposeWebhook; f != nil {
		told.ComposeWebhook = func(e *sdk.PluginEvent, m *sdk.PluginMeta) (*sdk.Webhook, error) {
			w, err := f(e, m)
			return w, s.kinds.saw(err)
		}
	}
	s.told(&told)
	return &told, nil
}

// told wraps the hooks that run between events.
func (s spy) told(hooks *sdk.Hooks) {
	hooks.RunEvery, hooks.Jobs = maps.Clone(hooks.RunEvery), maps.Clone(hooks.Jobs)
	for schedule, f := range hooks.RunEvery {
		hooks.RunEvery[schedule] = func(m *sdk.PluginMeta) error { return s.kinds.saw(f(m)) }
	}
	for name, f := range hooks.Jobs {
		hooks.Jobs[name] = func(payload sdk.Value, m *sdk.PluginMeta) error { return s.kinds.saw(f(payload, m)) }
	}
}
