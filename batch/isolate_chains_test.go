package batch_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing/fstest"
	"time"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// openForTests makes the chains of the tests in worker processes: a list of names with a space
// between them. A name that ends with .js is a file of testdata/hostile, one with .go of
// testdata/hostile-go.
func openForTests(_ context.Context, spec []byte) (batch.Chain, []string, error) {
	return chainOf(string(spec))
}

func chainOf(spec string) (batch.Chain, []string, error) {
	var chain batch.Chain
	for _, name := range strings.Fields(spec) {
		switch {
		case name == "unopenable":
			return nil, nil, errPurpose
		case name == "exits":
			os.Exit(7)
		case strings.HasSuffix(name, ".js"), strings.HasSuffix(name, ".go"):
			p, err := hostilePlugin(name)
			if err != nil {
				return nil, nil, err
			}
			chain = append(chain, p)
		default:
			chain = append(chain, natives[name]())
		}
	}
	return chain, []string{"a warning"}, nil
}

func hostilePlugin(name string) (batch.Plugin, error) {
	if strings.HasSuffix(name, ".go") {
		return hostileGo(name)
	}
	source, err := os.ReadFile("testdata/hostile/" + name)
	if err != nil {
		return batch.Plugin{}, err
	}
	p, err := plugins.OpenFS(name, fstest.MapFS{
		"plugin.json": {Data: []byte(`{"name":"` + name + `"}`)},
		"index.js":    {Data: source},
	})
	if err != nil {
		return batch.Plugin{}, err
	}
	return batch.Plugin{Program: p.Program}, nil
}

// hostileGo interprets a file of testdata/hostile-go, which may do more than plugins may.
func hostileGo(name string) (batch.Plugin, error) {
	source, err := os.ReadFile("testdata/hostile-go/" + name)
	if err != nil {
		return batch.Plugin{}, err
	}
	program, err := interp.Load(context.Background(), fstest.MapFS{name: {Data: source}}, &manifest.Manifest{Name: name}, interp.WithPackages(dangerous))
	return batch.Plugin{Program: program}, err
}

// dangerous are packages that no plugin should have: they end the process, and start goroutines.
var dangerous = map[string]map[string]reflect.Value{
	"os":                {"Exit": reflect.ValueOf(os.Exit)},
	"log":               {"Default": reflect.ValueOf(log.Default), "Logger": reflect.ValueOf((*log.Logger)(nil))},
	"example.org/async": {"Go": reflect.ValueOf(func(f func()) { go f() })},
}

// natives are compiled-in plugins for worker processes.
var natives = map[string]func() batch.Plugin{
	"hello":    hello,
	"busy":     busy,
	"tally":    tally,
	"services": usesServices,
	"recorder": recorder,
	"nth":      nth,
	"diary":    func() batch.Plugin { return diary("diary", sdk.EveryMinute, sdk.EveryDay) },
	"worker":   worker,
	"hanging":  hanging,
	"tasker":   tasker,
	"outside":  outside,
	"webhook":  webhook,
	"crasher":  crasher,
	"setup":    func() batch.Plugin { return failsSetup(func() error { return errPurpose }) },
	"dies":     func() batch.Plugin { return failsSetup(func() error { os.Exit(5); return nil }) },
	"hangs":    func() batch.Plugin { return failsSetup(func() error { select {} }) },
	"teardown": func() batch.Plugin {
		return hooks("teardown", sdk.Hooks{TeardownPlugin: func(meta) error { os.Exit(5); return nil }})
	},
}

func failsSetup(setup func() error) batch.Plugin {
	p := hooks("failing", sdk.Hooks{SetupPlugin: func(meta) error { return setup() }})
	p.Config = []byte(`{"apiKey":"s3cret"}`)
	p.Secrets = []string{"s3cret"}
	return p
}

// tally counts events, and how often it was set up.
func tally() batch.Plugin {
	add := func(m meta, key string) error {
		return m.Storage.Update(key, func(old sdk.Value) (sdk.Value, error) {
			return sdk.ParseValue(fmt.Append(nil, old.IntOr(0)+1))
		})
	}
	return batch.Plugin{Program: sdk.Native(sdk.Info{Name: "tally", State: sdk.StateStore}, func() sdk.Hooks {
		return sdk.Hooks{
			SetupPlugin: func(m meta) error { return add(m, "setups") },
			ProcessEvent: func(e event, m meta) (event, error) {
				if err := add(m, "count"); err != nil {
					return nil, err
				}
				n, err := m.Storage.Get("count")
				e.Properties().Set("n", n.IntOr(0))
				return e, err
			},
		}
	})}
}

// busy does everything that an event can make a plugin do.
func busy() batch.Plugin {
	p := hooks("busy", sdk.Hooks{
		SetupPlugin: func(m meta) error { m.Logger.Warn("set up with s3cret"); return nil },
		ProcessEvent: func(e event, m meta) (event, error) {
			switch id := e.UUID(); {
			case strings.HasSuffix(id, "0"):
				return nil, nil
			case strings.HasSuffix(id, "1"):
				m.Logger.Warn(id, m.Now(), m.Random())
				return e, fmt.Errorf("on\npurpose: s3cret")
			case strings.HasSuffix(id, "2"):
				panic(id)
			case strings.HasSuffix(id, "3"):
				e.Set("team_id", 99)
			}
			m.Logger.Info("fine")
			e.Properties().Set("at", m.Now())
			e.Properties().Set("roll", m.Random())
			return e, nil
		},
		OnEvent: func(e event, m meta) error {
			m.Metrics.Record("events", sdk.MetricSum, 1)
			made, err := sdk.NewEvent([]byte(`{"event":"made"}`))
			if err == nil && strings.HasSuffix(e.UUID(), "5") {
				err = m.Capturer.Capture(made)
			}
			return err
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			if strings.HasSuffix(e.UUID(), "6") {
				return &sdk.Webhook{URL: "ftp://example.com"}, nil
			}
			return &sdk.Webhook{URL: "https://example.com", Body: e.String()}, nil
		},
		TeardownPlugin: func(m meta) error { m.Logger.Info("bye"); return errPurpose },
	})
	p.Secrets = []string{"s3cret"}
	return p
}

// usesServices writes down what each service said.
func usesServices() batch.Plugin {
	var said []any
	say := func(values ...any) {
		for _, v := range values {
			if err, ok := v.(error); ok {
				v = fmt.Sprint(err, errors.Is(err, sdk.ErrWrongType), errors.Is(err, sdk.ErrNotInteger))
			}
			said = append(said, v)
		}
	}
	return keeping("services", func(e event, m meta) (event, error) {
		said = nil
		key, n := e.Event(), 0
		err := m.Storage.Update("n", func(old sdk.Value) (sdk.Value, error) {
			n = int(old.IntOr(0)) + 1
			return sdk.ParseValue(fmt.Append(nil, n))
		})
		say(n, err)
		v, err := m.Storage.Get("n")
		say(v.String(), err, m.Storage.Set("v "+key, v), m.Storage.Delete("v "+key))
		say(m.Storage.Update("n", func(sdk.Value) (sdk.Value, error) { return sdk.Value{}, errPurpose }))
		v, err = m.Storage.Get("v " + key)
		say(v.Exists(), err)
		say(m.Cache.Set("text", key, time.Minute))
		text, ok, err := m.Cache.Get("text")
		say(text, ok, err)
		count, err := m.Cache.Incr("count")
		say(count, err)
		_, err = m.Cache.Incr("text")
		say(err)
		_, err = m.Cache.LLen("text")
		say(err)
		size, err := m.Cache.LPush("list", "a", key, "a")
		say(size, err)
		size, err = m.Cache.LRem("list", 1, "a")
		say(size, err)
		list, err := m.Cache.LRange("list", 0, -1)
		say(list, err)
		list, err = m.Cache.LPop("list", 1)
		say(list, err)
		list, err = m.Cache.LPop("none", 1)
		say(list == nil, err)
		ok, err = m.Cache.Expire("list", time.Hour)
		say(ok, err)
		place, err := m.GeoIP.Locate("10.0.0." + key)
		say(place.String(), err)
		res, err := m.Fetcher.Fetch(m.Context(), &sdk.Request{URL: "https://example.com/" + key, Headers: [][2]string{{"A", "b"}}, Body: []byte("body")})
		say(fmt.Sprintf("%+v", res), err)
		_, err = m.Fetcher.Fetch(m.Context(), &sdk.Request{URL: "refused"})
		say(err)
		e.Set("said", said)
		return e, nil
	})
}

// recorder counts in storage, which is what a death must take back, and grows big events.
func recorder() batch.Plugin {
	return keeping("recorder", func(e event, m meta) (event, error) {
		e.Set("long", strings.Repeat("x", int(e.Get("grow").IntOr(0))))
		return e, m.Storage.Update("n", func(old sdk.Value) (sdk.Value, error) {
			e.Set("n", old.IntOr(0)+1)
			return e.Get("n"), nil
		})
	})
}

// crasher ends its process in the way that the event names.
func crasher() batch.Plugin {
	return keeping("crasher", func(e event, m meta) (event, error) {
		switch e.Event() {
		case "kill":
			killMyself()
			select {}
		case "once":
			if first(e) {
				killMyself()
				select {}
			}
		case "later":
			if first(e) {
				time.AfterFunc(20*time.Millisecond, killMyself)
			}
		case "exit":
			os.Exit(3)
		case "goroutine":
			go panic("in a goroutine")
			select {}
		case "map":
			crashMap()
		case "stack":
			e.Set("depth", crashStack(0))
		case "memory":
			crashMemory()
		case "stop":
			stop()
			select {}
		case "deaf":
			select {}
		case "goexit":
			runtime.Goexit()
		}
		e.Set("seen", true)
		return e, nil
	})
}

// first says whether this is the first time that the event is seen, by any process.
func first(e event) bool {
	f, err := os.OpenFile(e.Get("marker").StrOr(""), os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_ = f.Close()
	}
	return err == nil
}

var stop func()

func killMyself() {
	if p, err := os.FindProcess(os.Getpid()); err == nil {
		_ = p.Kill()
	}
}

func crashMap() {
	shared := map[int]int{}
	for range 4 {
		go func() {
			for i := 0; ; i++ {
				shared[i%7]++
			}
		}()
	}
	select {}
}

func crashStack(n int) int {
	if n == math.MaxInt {
		return 0
	}
	return crashStack(n+1) + 1
}

func crashMemory() {
	var kept [][]byte
	for {
		kept = append(kept, make([]byte, 1<<20))
		for i := 0; i < 1<<20; i += 4096 {
			kept[len(kept)-1][i] = 1
		}
	}
}
