package sdk

import (
	"context"
	"time"
)

// Program is a loaded plugin: compiled once, shared by all workers.
//
// Every engine (compiled-in Go, interpreted Go, JavaScript) makes one, so that a host need not
// know which language a plugin is written in. Its methods may be called from several goroutines.
type Program interface {
	// Info describes the plugin as found at load time. It is cheap and always the same.
	Info() Info

	// New makes one instance: its own runtime, its own global. Setup is left to the caller, who
	// calls Hooks.SetupPlugin next. The instance uses meta until Hooks.Close returns.
	// Errors: *[LoadError] if the plugin's top-level code fails.
	New(ctx context.Context, meta *PluginMeta) (*Hooks, error)
}

// Info is what is known of a plugin before it runs.
type Info struct {
	Name      string     // from plugin.json, else the directory's name
	Hooks     []string   // JSON names of the hooks it exports ("processEvent"), in the order of [HookNames]
	State     State      // what the plugin remembers between events
	Schedules []Schedule // the runEvery hooks it has, ascending
	Files     []File     // every source file that was read, by name
	Notices   []Notice   // remarks of the loader, by position; never errors
	Retains   bool       // it may read an event whose hook has returned: for engines that can let it
}

// File names one source file of a plugin and what it held.
type File struct {
	Name   string   // slash-separated, relative to the plugin's root
	SHA256 [32]byte // of its bytes
}

// Notice is a remark about a plugin's source that does not keep it from running.
type Notice struct {
	File    string // relative to the plugin's root; empty if about the plugin as a whole
	Line    int    // 1-based, 0 unknown
	Column  int    // 1-based, in bytes, 0 unknown
	Code    string // stable, for filters: "plain-events", "main-missing"
	Message string
}

// State says what a plugin remembers from one event to the next. It decides how many workers a
// chain may run on by default: see the batch package.
type State uint8

const (
	// StateNone: each event is treated alone.
	StateNone State = iota
	// StateStore: the plugin uses storage, cache, cursors or jobs.
	StateStore
	// StateMemory: the plugin writes global or module variables while it handles events.
	StateMemory
)

// String is "none", "store" or "memory".
func (s State) String() string {
	switch s {
	case StateStore:
		return "store"
	case StateMemory:
		return "memory"
	}
	return "none"
}

// Schedule is the period of a runEvery hook. A longer one is greater.
type Schedule uint8

// The three schedules, UTC boundaries.
const (
	EveryMinute Schedule = iota + 1
	EveryHour
	EveryDay
)

// Period is the time from one call to the next.
func (s Schedule) Period() time.Duration {
	switch s {
	case EveryMinute:
		return time.Minute
	case EveryHour:
		return time.Hour
	case EveryDay:
		return 24 * time.Hour
	}
	return 0
}

// String is the name of the hook in JavaScript: "runEveryMinute".
func (s Schedule) String() string {
	switch s {
	case EveryMinute:
		return "runEveryMinute"
	case EveryHour:
		return "runEveryHour"
	case EveryDay:
		return "runEveryDay"
	}
	return "runEvery?"
}

// Names of the hooks, as JavaScript plugins export them and as errors and reports print them.
const (
	HookSetupPlugin    = "setupPlugin"
	HookProcessEvent   = "processEvent"
	HookOnEvent        = "onEvent"
	HookComposeWebhook = "composeWebhook"
	HookRunEveryMinute = "runEveryMinute"
	HookRunEveryHour   = "runEveryHour"
	HookRunEveryDay    = "runEveryDay"
	HookJobs           = "jobs"
	HookTeardownPlugin = "teardownPlugin"
)

// HookNames lists every hook in the order in which Info.Hooks names them.
func HookNames() []string {
	return []string{
		HookSetupPlugin, HookProcessEvent, HookOnEvent, HookComposeWebhook,
		HookRunEveryMinute, HookRunEveryHour, HookRunEveryDay, HookJobs, HookTeardownPlugin,
	}
}

// Hooks is one instance of a plugin: the functions it exports, nil where it has none.
// Calls into one Hooks value never overlap. An error that matches [ErrInstanceDead] says that no
// further call may be made but Close; the host then makes a new instance.
type Hooks struct {
	// SetupPlugin is called once, before any other hook.
	SetupPlugin func(*PluginMeta) error

	// ProcessEvent returns the event to pass on, or nil with a nil error to drop it.
	//
	// The plugin owns e until it returns: it may edit e in place and return it, or return another
	// event; it must keep no reference to either. With an error the result is ignored and the
	// chain goes on with e as it is then. TeamID is read-only: a change is undone and counted as
	// a failure ([ErrTeamChanged]).
	// Source: the original runtime, processEvent.
	ProcessEvent func(e *PluginEvent, meta *PluginMeta) (*PluginEvent, error)

	// OnEvent sees the event as it left the chain; what it changes reaches nobody.
	OnEvent func(e *PluginEvent, meta *PluginMeta) error

	// ComposeWebhook turns the event as it left the chain into a request to send, nil for none.
	ComposeWebhook func(e *PluginEvent, meta *PluginMeta) (*Webhook, error)

	// RunEvery holds the scheduled tasks. They are called at the boundaries of UTC minutes, hours and
	// days, once for all that have passed since the last call; in a replay that is between two events.
	// Source: the original runtime, fact sheet section 2.7.
	RunEvery map[Schedule]func(*PluginMeta) error

	// Jobs holds the plugin's jobs by name. A job that was queued without a payload gets a Value
	// for which Exists is false.
	Jobs map[string]func(payload Value, meta *PluginMeta) error

	// TeardownPlugin is called once, after the last event; not if SetupPlugin failed.
	TeardownPlugin func(*PluginMeta) error

	// Close frees what the engine holds for the instance. A second call does nothing. It is there
	// in all that Program.New returns; a plugin in Go needs none.
	Close func() error
}

// Names lists the hooks that are present, in the order of [HookNames].
func (h *Hooks) Names() []string {
	has := map[string]bool{
		HookSetupPlugin:    h.SetupPlugin != nil,
		HookProcessEvent:   h.ProcessEvent != nil,
		HookOnEvent:        h.OnEvent != nil,
		HookComposeWebhook: h.ComposeWebhook != nil,
		HookRunEveryMinute: h.RunEvery[EveryMinute] != nil,
		HookRunEveryHour:   h.RunEvery[EveryHour] != nil,
		HookRunEveryDay:    h.RunEvery[EveryDay] != nil,
		HookJobs:           len(h.Jobs) > 0,
		HookTeardownPlugin: h.TeardownPlugin != nil,
	}
	var names []string
	for _, name := range HookNames() {
		if has[name] {
			names = append(names, name)
		}
	}
	return names
}

// Native is the compiled-in form of a Go plugin: hooks is called once for every instance, so
// that variables it closes over are the instance's own. A package that also runs interpreted
// exports that function under the name Hooks.
//
// Info.Hooks and Info.Schedules are filled in from what hooks returns. Go code is not scanned:
// a plugin that keeps state says so in info.State; with RunEvery or Jobs it is [StateMemory].
func Native(info Info, hooks func() Hooks) Program {
	h := hooks()
	info.Hooks = h.Names()
	info.Schedules = nil
	for _, s := range []Schedule{EveryMinute, EveryHour, EveryDay} {
		if h.RunEvery[s] != nil {
			info.Schedules = append(info.Schedules, s)
		}
	}
	if len(info.Schedules) > 0 || len(h.Jobs) > 0 {
		info.State = StateMemory
	}
	return &native{info: info, hooks: hooks}
}

type native struct {
	info  Info
	hooks func() Hooks
}

func (n *native) Info() Info { return n.info }

func (n *native) New(context.Context, *PluginMeta) (*Hooks, error) {
	h := n.hooks()
	if h.Close == nil {
		h.Close = func() error { return nil }
	}
	return &h, nil
}
