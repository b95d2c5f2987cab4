package testkit

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

// World is what a hook sees beside its event, all of it made up: for tests that call the hooks of
// a Go plugin themselves. The zero value works: a clock at the Unix epoch, nothing stored, nobody
// who answers.
type World struct {
	Config      map[string]any // meta.config as the plugin is to see it; no defaults are filled in
	Attachments map[string]sdk.Attachment
	Clock       *Clock
	HTTP        *HTTP
	GeoIP       GeoIP
	State       *State
	Logs        *Logs
}

// Meta makes the meta of one instance. What w has not is made and put into w, so that a test can
// look at it afterwards. A Config that has no JSON form ends the test.
func (w *World) Meta(t T) *sdk.PluginMeta {
	t.Helper()
	w.fill()
	config := sdk.NewObject()
	for key, value := range w.Config {
		v, err := jsonValue(value)
		if err != nil {
			t.Fatalf("Config[%q]: %v", key, err)
			return nil
		}
		config.SetValue(key, v)
	}
	meta, err := sdk.NewMeta(sdk.MetaConfig{
		Config: config.AppendJSON(nil), Attachments: w.Attachments, Log: w.Logs, Clock: w.Clock.Now,
		Storage: w.State.Storage(), Cache: w.State.Cache(), GeoIP: w.GeoIP, Fetcher: w.HTTP,
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return meta
}

func (w *World) fill() {
	if w.Clock == nil {
		w.Clock = NewClock(time.Unix(0, 0).UTC())
	}
	if w.HTTP == nil {
		w.HTTP = NewHTTP()
	}
	if w.State == nil {
		w.State = NewState(w.Clock)
	}
	if w.Logs == nil {
		w.Logs = new(Logs)
	}
}

// Clock is a clock that moves only when it is told to. Calls may overlap.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	follow []func(time.Time) // told of every move
}

// NewClock makes a clock that stands at t.
func NewClock(t time.Time) *Clock { return &Clock{now: t} }

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock on by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, f := range c.follow {
		f(c.now)
	}
}

// followed calls f with the time, now and after every move.
func (c *Clock) followed(f func(time.Time)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.follow = append(c.follow, f)
	f(c.now)
}

// State is a storage and a cache for one plugin, in memory. What is cached expires by a clock.
type State struct{ state *state.State }

// NewState makes an empty one.
func NewState(clock *Clock) *State {
	s := state.New()
	clock.followed(s.Advance)
	return &State{s}
}

// Storage is what meta.storage uses, the same one each time.
func (s *State) Storage() sdk.Storage { return s.state.Storage("plugin") }

// Cache is what meta.cache uses, the same one each time.
func (s *State) Cache() sdk.Cache { return s.state.Cache("plugin") }

// GeoIP finds places of addresses in a map: records of MaxMind's City form by address, each of
// which is whatever encoding/json encodes. Another address is not found.
type GeoIP map[string]any

// Locate looks an address up.
func (g GeoIP) Locate(ip string) (sdk.Value, error) {
	record, ok := g[ip]
	if !ok {
		return sdk.Value{}, nil
	}
	text, err := json.Marshal(record)
	return sdk.RawValue(text), err
}

// Logs keeps the messages of a plugin. The zero value is ready to use; calls may overlap.
type Logs struct {
	mu       sync.Mutex
	messages []string
}

// Enabled wants every message.
func (l *Logs) Enabled(sdk.Level) bool { return true }

// Log keeps a message.
func (l *Logs) Log(level sdk.Level, message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.messages = append(l.messages, level.String()+" "+message)
}

// Messages returns what was logged so far, "LEVEL message" each. The caller owns the slice.
func (l *Logs) Messages() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.messages)
}
