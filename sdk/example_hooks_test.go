package sdk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// host makes an instance of a plugin, as programs that run plugins do.
func host(hooks func() sdk.Hooks, config sdk.MetaConfig) (*sdk.Hooks, *sdk.PluginMeta) {
	meta, err := sdk.NewMeta(config)
	if err != nil {
		panic(err)
	}
	instance, err := sdk.Native(sdk.Info{Name: "example"}, hooks).New(context.Background(), meta)
	if err != nil {
		panic(err)
	}
	return instance, meta
}

func mustEvent(text string) *sdk.PluginEvent {
	e, err := sdk.NewEvent([]byte(text))
	if err != nil {
		panic(err)
	}
	return e
}

// printer is a log that is printed.
type printer struct{}

func (printer) Enabled(sdk.Level) bool              { return true }
func (printer) Log(level sdk.Level, message string) { fmt.Println(level, message) }

// SetupPlugin reads the configuration once, and refuses what cannot work before the first event.
func ExampleHooks_setupPlugin() {
	hooks := func() sdk.Hooks {
		var prefixes []string
		return sdk.Hooks{
			SetupPlugin: func(meta *sdk.PluginMeta) error {
				prefixes = strings.Fields(meta.Config.Get("prefixes").StrOr(""))
				if len(prefixes) == 0 {
					return errors.New("prefixes: got none, want some with spaces between them")
				}
				return nil
			},
			ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				for _, prefix := range prefixes {
					if strings.HasPrefix(e.Event(), prefix) {
						return nil, nil
					}
				}
				return e, nil
			},
		}
	}
	p, meta := host(hooks, sdk.MetaConfig{})
	fmt.Println(p.SetupPlugin(meta))
	p, meta = host(hooks, sdk.MetaConfig{Config: []byte(`{"prefixes":"$auto $feature"}`)})
	fmt.Println(p.SetupPlugin(meta))
	e, err := p.ProcessEvent(mustEvent(`{"event":"$autocapture"}`), meta)
	fmt.Println(e == nil, err)
	// Output:
	// prefixes: got none, want some with spaces between them
	// <nil>
	// true <nil>
}

// ProcessEvent edits the event in place and returns it, or returns nil to drop it.
func ExampleHooks_processEvent() {
	p, meta := host(func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			props := e.Properties()
			total, ok := props.Get("cart", "total").Float()
			if !ok {
				return nil, nil // no cart: drop it
			}
			props.Set("large", total >= 100)
			props.Rename("utm_source", "source")
			props.DeleteFunc(func(key string, _ sdk.Value) bool { return strings.HasPrefix(key, "$") })
			return e, nil
		}}
	}, sdk.MetaConfig{})
	defer p.Close()
	e, err := p.ProcessEvent(mustEvent(`{"event":"order","properties":{"$lib":"web","utm_source":"news","cart":{"total":120.50}}}`), meta)
	fmt.Println(e, err)
	// Output: {"event":"order","properties":{"source":"news","cart":{"total":120.50},"large":true}} <nil>
}

// OnEvent sees events as they left the chain. An error that Retry made asks for another attempt.
func ExampleHooks_onEvent() {
	unreachable := errors.New("503 Service Unavailable")
	p, meta := host(func() sdk.Hooks {
		return sdk.Hooks{OnEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) error {
			meta.Logger.Info("sending", e.UUID())
			return sdk.Retry(unreachable)
		}}
	}, sdk.MetaConfig{Log: printer{}})
	err := p.OnEvent(mustEvent(`{"uuid":"u-1","event":"order"}`), meta)
	var retry *sdk.RetryError
	fmt.Println(errors.As(err, &retry), errors.Is(err, unreachable))
	// Output:
	// INFO sending u-1
	// true true
}

// ComposeWebhook makes a request of an event; the host sends it, or writes it to a file.
func ExampleHooks_composeWebhook() {
	p, meta := host(func() sdk.Hooks {
		return sdk.Hooks{ComposeWebhook: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.Webhook, error) {
			if e.Event() != "signup" {
				return nil, nil // no request
			}
			return &sdk.Webhook{
				URL:     "https://example.com/hooks",
				Headers: map[string]string{"Authorization": "Bearer " + meta.Config.Get("token").StrOr("")},
				Body:    e.Properties().String(),
			}, nil
		}}
	}, sdk.MetaConfig{Config: []byte(`{"token":"t0"}`)})
	w, err := p.ComposeWebhook(mustEvent(`{"event":"signup","properties":{"plan":"pro"}}`), meta)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(w.Normal().Method, w.URL, w.Headers, w.Body)
	w, err = p.ComposeWebhook(mustEvent(`{"event":"login"}`), meta)
	fmt.Println(w, err)
	// Output:
	// POST https://example.com/hooks map[Authorization:Bearer t0] {"plan":"pro"}
	// <nil> <nil>
}

// RunEvery holds what runs on boundaries of time: every minute, hour or day.
func ExampleHooks_runEvery() {
	p, meta := host(func() sdk.Hooks {
		seen := 0
		return sdk.Hooks{
			ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				seen++
				return e, nil
			},
			RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{
				sdk.EveryHour: func(meta *sdk.PluginMeta) error {
					meta.Logger.Info(meta.Now().Format("15:04"), seen, "events")
					seen = 0
					return nil
				},
			},
		}
	}, sdk.MetaConfig{Log: printer{}, Clock: func() time.Time { return time.Date(2024, 3, 5, 11, 0, 0, 0, time.UTC) }})
	_, err := p.ProcessEvent(mustEvent(`{"event":"a"}`), meta)
	fmt.Println(err, p.RunEvery[sdk.EveryHour](meta))
	// Output:
	// INFO 11:00 1 events
	// <nil> <nil>
}

// Jobs are work that a plugin puts off with meta.Jobs; the payload is a JSON value.
func ExampleHooks_jobs() {
	p, meta := host(func() sdk.Hooks {
		return sdk.Hooks{Jobs: map[string]func(sdk.Value, *sdk.PluginMeta) error{
			"remind": func(payload sdk.Value, meta *sdk.PluginMeta) error {
				name, ok := payload.Get("person", "name").Str()
				if !ok {
					return fmt.Errorf("remind: got %s, want a person with a name", payload)
				}
				meta.Logger.Log("remind", name)
				return nil
			},
		}}
	}, sdk.MetaConfig{Log: printer{}})
	payload, err := sdk.ValueOf(map[string]any{"person": map[string]any{"name": "Ada"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Jobs["remind"](payload, meta))
	fmt.Println(p.Jobs["remind"](sdk.Value{}, meta))
	// Output:
	// LOG remind Ada
	// <nil>
	// remind: got , want a person with a name
}

// TeardownPlugin is called once, after the last event.
func ExampleHooks_teardownPlugin() {
	p, meta := host(func() sdk.Hooks {
		dropped := 0
		return sdk.Hooks{
			ProcessEvent: func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				dropped++
				return nil, nil
			},
			TeardownPlugin: func(meta *sdk.PluginMeta) error {
				meta.Logger.Info("dropped", dropped)
				return nil
			},
		}
	}, sdk.MetaConfig{Log: printer{}})
	for range 3 {
		if _, err := p.ProcessEvent(mustEvent(`{}`), meta); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(p.TeardownPlugin(meta))
	// Output:
	// INFO dropped 3
	// <nil>
}

// Many members are written, renamed and removed at once.
func ExampleObject_bulk() {
	props := mustEvent(`{"properties":{"$os":"Linux","email":"ada@example.org","plan":"pro","trial":null}}`).Properties()
	props.SetAll(map[string]any{"plan": "free", "seats": 5})
	props.Rename("$os", "os")
	removed := props.DeleteFunc(func(key string, v sdk.Value) bool { return key == "email" || v.IsNull() })
	fmt.Println(props, removed)
	for key, v := range props.All() {
		fmt.Println(key, v.Kind(), v)
	}
	// Output:
	// {"os":"Linux","plan":"free","seats":5} 2
	// os string "Linux"
	// plan string "free"
	// seats number 5
}

// An error that Retry made keeps what it wraps.
func ExampleRetry() {
	full := errors.New("disk is full")
	err := fmt.Errorf("upload: %w", sdk.Retry(full))
	fmt.Println(err)
	fmt.Println(errors.Is(err, full))
	// Output:
	// upload: RetryError: disk is full
	// true
}
