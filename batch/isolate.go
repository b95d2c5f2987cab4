package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/sdk"
)

// DefaultMaxMemory is how much memory a worker process may take, in bytes.
const DefaultMaxMemory = 1 << 30

// MinMaxMemory is the least that Isolation.MaxMemory may be. With less, a worker process with a small
// JavaScript plugin runs out of memory now and then, and is started again.
const MinMaxMemory = 256 << 20

// Isolation makes every worker of a run a process of its own, so that a plugin that nobody can
// stop, or that takes memory without end, ends its process and not the run: the event at hand counts
// as failed, as after a timeout, and the work goes on behind it in a new process. However many
// die, the run does not end of it.
//
// The outputs are those of a run without isolation. It takes Linux, and a program whose main
// begins with [WorkerMain].
type Isolation struct {
	// Spec says what the chain is, in whatever way the function understands that WorkerMain
	// was given. It crosses by a pipe and may hold secrets.
	Spec []byte
	// MaxMemory is how much memory each process may take, in bytes: pages that it can write,
	// whether it touched them or not. A hook call is stopped when the heap has half of it; see
	// also Options.MaxHeap. 0 means DefaultMaxMemory, negative no limit.
	MaxMemory int64
}

// OpenFunc makes a chain of Isolation.Spec, in a worker process. The texts are what the user
// should know of it.
type OpenFunc func(ctx context.Context, spec []byte) (Chain, []string, error)

// workerEnv is what tells a worker process what it is.
const workerEnv = "PLUGREEL_WORKER"

// workerArg is the only argument of a worker process. It is for people who look at a list of processes.
const workerArg = "worker"

// served says that this program has called WorkerMain, and can serve as a worker.
var served atomic.Bool

// openTime is how long a worker process may take to open its chain.
const openTime = time.Minute

// check says what keeps a run from being isolated.
func (i *Isolation) check() error {
	switch {
	case i == nil:
	case !isolate.Supported:
		return usagef("isolation: got %s, want linux", runtime.GOOS)
	case !served.Load():
		return usagef("isolation: got a program that does not call batch.WorkerMain first in main")
	case i.MaxMemory > 0 && i.MaxMemory < MinMaxMemory:
		return usagef("isolation: got %d bytes of memory, want at least %d", i.MaxMemory, int64(MinMaxMemory))
	}
	return nil
}

func (i *Isolation) maxMemory() int64 {
	if i.MaxMemory == 0 {
		return DefaultMaxMemory
	}
	return i.MaxMemory
}

// Open starts a process that opens the chain, and returns a description of it for [Run]. None of the
// plugins' code has run in this process; the programs of the chain cannot be run here. The
// texts are those of [OpenFunc].
//
// Errors: *[UsageError] for a host that cannot, what OpenFunc returned, and plugins of which the
// process dies; *[IOError] if no process can be started; ctx's cause.
func (i *Isolation) Open(ctx context.Context) (Chain, []string, error) {
	if err := i.check(); err != nil {
		return nil, nil, err
	}
	p, err := startProcess(ctx, i, settings{})
	if err != nil {
		return nil, nil, err
	}
	defer p.retire()
	return p.told.chain(), p.told.Warnings, nil
}

// description is what a worker process says of the chain that it has opened, as JSON.
type description struct {
	Plugins  []pluginDescription
	Warnings []string
}

type pluginDescription struct {
	Name    string
	Info    sdk.Info
	Config  json.RawMessage   `json:",omitempty"`
	Files   map[string]string // attachments: SHA-256 of the contents by key
	Secrets []string
}

func describe(chain Chain, warnings []string) description {
	d := description{Warnings: warnings}
	for _, p := range chain {
		one := pluginDescription{Name: p.Name, Info: p.Program.Info(), Config: p.Config, Secrets: p.Secrets}
		one.Files = p.attachmentSums()
		d.Plugins = append(d.Plugins, one)
	}
	return d
}

// chain makes a chain that can be looked at.
func (d *description) chain() Chain {
	var chain Chain
	for _, p := range d.Plugins {
		plugin := Plugin{Name: p.Name, Program: farProgram{p.Info}, Config: p.Config, Secrets: p.Secrets, sums: p.Files}
		if len(p.Files) > 0 {
			plugin.Attachments = map[string]sdk.Attachment{}
		}
		for key := range p.Files {
			plugin.Attachments[key] = sdk.Attachment{}
		}
		chain = append(chain, plugin)
	}
	return chain
}

// matches says whether a worker process has opened the chain of the run.
func (d *description) matches(chain Chain) error {
	same := slices.EqualFunc(d.Plugins, chain, func(p pluginDescription, q Plugin) bool { return p.Name == q.Name })
	if !same {
		return usagef("isolation: got another chain from the worker process than that of the run")
	}
	return nil
}

// farProgram is a program of another process.
type farProgram struct{ info sdk.Info }

func (p farProgram) Info() sdk.Info { return p.info }

func (p farProgram) New(context.Context, *sdk.PluginMeta) (*sdk.Hooks, error) {
	return nil, fmt.Errorf("%s: got a call in a process that has not loaded it, want Options.Isolate", p.info.Name)
}
