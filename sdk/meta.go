package sdk

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// PluginMeta is what a plugin is given beside the event. One value belongs to one instance and
// lives as long as it; calls into it come from the hook that is running, never from two at once.
//
// Source: the original runtime, PluginMeta. JavaScript sees config, global and attachments under
// those names; the rest is reached through globals such as console.
type PluginMeta struct {
	// Config holds the configuration as resolved from plugin.json and the user's values. It is
	// shared by all calls into the instance; changes last as long as the instance. Never nil.
	Config *Object

	// Global is the plugin's own scratch space: it starts empty and lasts as long as the
	// instance. Every worker has its own. Never nil.
	Global map[string]any

	// Attachments holds the files of the configuration by key; an absent one is not in the map.
	Attachments map[string]Attachment

	// Logger takes the plugin's log messages. Never nil.
	Logger *Logger

	// What the host lends the plugin; nil where it has nothing to lend.
	Storage  Storage
	Cache    Cache
	Jobs     Jobs
	Metrics  Metrics
	GeoIP    GeoIP
	Capturer Capturer
	Fetcher  Fetcher

	clock  func() time.Time
	random func() uint64
	call   callState
}

// Attachment is a file given as configuration.
type Attachment struct {
	ContentType string // media type, "application/octet-stream" if unknown
	FileName    string // base name
	Contents    []byte // shared by all instances: read only
}

// MetaConfig is what a host makes a PluginMeta from. The zero value works.
type MetaConfig struct {
	Config      []byte                // a JSON object; nil means {}
	Attachments map[string]Attachment // nil means none
	Log         LogSink               // nil discards
	Clock       func() time.Time      // behind PluginMeta.Now; nil means time.Now
	Random      func() uint64         // behind PluginMeta.Random; nil means a stream that is always the same

	// What the host lends; see PluginMeta. nil is nothing.
	Storage  Storage
	Cache    Cache
	Jobs     Jobs
	Metrics  Metrics
	GeoIP    GeoIP
	Capturer Capturer
	Fetcher  Fetcher
}

// NewMeta makes the meta of one instance.
// Errors: *[SyntaxError] if c.Config is not a JSON object.
func NewMeta(c MetaConfig) (*PluginMeta, error) {
	if c.Config == nil {
		c.Config = []byte("{}")
	}
	config, err := ParseObject(c.Config)
	if err != nil {
		return nil, err
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Attachments == nil {
		c.Attachments = map[string]Attachment{}
	}
	if c.Random == nil {
		c.Random = rand.NewPCG(0, 0).Uint64
	}
	return &PluginMeta{
		Config:      config,
		Global:      map[string]any{},
		Attachments: c.Attachments,
		Logger:      NewLogger(c.Log),
		clock:       c.Clock,
		random:      c.Random,
		Storage:     c.Storage,
		Cache:       c.Cache,
		Jobs:        c.Jobs,
		Metrics:     c.Metrics,
		GeoIP:       c.GeoIP,
		Capturer:    c.Capturer,
		Fetcher:     c.Fetcher,
	}, nil
}

// Now is the plugin's clock: in a replay the event's own time, moved on a little with every
// read, so that the same record gives the same times on every run.
func (m *PluginMeta) Now() time.Time { return m.clock() }

// Random returns 64 uniformly distributed bits: in a replay from a stream that is keyed by the
// record, so that the same record gives the same values on every run. They are predictable: make
// no secrets of them.
func (m *PluginMeta) Random() uint64 { return m.random() }

// Context returns the context of the hook call that is running; it ends when the call's time is
// up, or with the run. Outside a call it is already cancelled.
func (m *PluginMeta) Context() context.Context { return m.call.context() }

// Begin opens a hook call under ctx. For hosts: plugins never call it.
// Every Begin is followed by one End before the next Begin.
func (m *PluginMeta) Begin(ctx context.Context) (call uint64) { return m.call.begin(ctx) }

// End closes the hook call that Begin opened and returns the cause if it was stopped: whatever
// the hook returned then means nothing. For hosts.
func (m *PluginMeta) End() error { return m.call.end() }

// Running returns the number of the hook call that is running, as Begin returned it, and 0
// between calls. For hosts; it may be called from any goroutine.
func (m *PluginMeta) Running() uint64 { return m.call.running() }

// Stop ends hook call number call: its context is cancelled with cause, and the engine is told
// through the function that OnStop registered. It says false, and does nothing, if that call is
// over. For hosts; it may be called from any goroutine.
func (m *PluginMeta) Stop(call uint64, cause error) bool { return m.call.stop(call, cause) }

// OnStop registers the function by which an engine breaks off the call that is running. It is
// called from another goroutine than the call's, at most once a call, and must not block.
// For engines.
func (m *PluginMeta) OnStop(stop func(cause error)) { m.call.onStop(stop) }

// callState is the part of a PluginMeta that changes with every hook call.
type callState struct {
	mu      sync.Mutex
	number  uint64 // of the last call begun
	open    bool
	parent  context.Context
	ctx     context.Context // made when first asked for
	cancel  context.CancelCauseFunc
	cause   error // set when stopped
	stopper func(error)
}

func (c *callState) begin(ctx context.Context) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.number++
	c.open, c.parent, c.cause = true, ctx, nil
	return c.number
}

func (c *callState) end() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel(context.Canceled)
	}
	c.open, c.ctx, c.cancel = false, nil, nil
	return c.cause
}

func (c *callState) running() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return 0
	}
	return c.number
}

func (c *callState) stop(call uint64, cause error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open || c.number != call || c.cause != nil {
		return false
	}
	c.cause = cause
	if c.cancel != nil {
		c.cancel(cause)
	}
	if c.stopper != nil {
		c.stopper(cause)
	}
	return true
}

func (c *callState) onStop(stop func(error)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopper = stop
}

func (c *callState) context() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return endedContext
	}
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancelCause(c.parent)
		if c.cause != nil {
			c.cancel(c.cause)
		}
	}
	return c.ctx
}

// endedContext is what Context returns between calls.
var endedContext = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()
