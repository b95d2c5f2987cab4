package jsbridge

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// DefaultLoadTimeout is how long a plugin's top-level code may take.
const DefaultLoadTimeout = 30 * time.Second

// Option tunes Load.
type Option func(*program)

// WithName sets the plugin's name in errors and in Info; the default is the manifest's.
func WithName(name string) Option { return func(p *program) { p.info.Name = name } }

// WithLoadTimeout sets how long top-level code may take; the default is [DefaultLoadTimeout].
func WithLoadTimeout(d time.Duration) Option { return func(p *program) { p.loadTimeout = d } }

// WithOriginalUnits makes a month of jobs.NAME().runIn 30 weeks, as it was in the original runtime by
// mistake; the default is 30 days.
// Source: fact sheet section 2.7.
func WithOriginalUnits() Option { return func(p *program) { p.originalUnits = true } }

// Load compiles the plugin in fsys and runs its top-level code once, to see which hooks it has.
// Nothing outside fsys is read. The program may be used from several goroutines.
//
// The entry is m.Main; if that is empty index.js or index.ts, and if it names a file that is not
// there, the source that it would be built from, with a notice.
// Errors: *[sdk.LoadError], several joined if the source has several syntax errors.
func Load(ctx context.Context, fsys fs.FS, m *manifest.Manifest, opts ...Option) (sdk.Program, error) {
	p := &program{
		fsys:        fsys,
		manifest:    m,
		modules:     map[string]*module{},
		files:       map[string][32]byte{},
		loadTimeout: DefaultLoadTimeout,
	}
	p.info.Name, p.info.Retains = m.Name, true
	for _, opt := range opts {
		opt(p)
	}
	if err := p.load(ctx); err != nil {
		return nil, sdk.InPlugin(p.info.Name, err)
	}
	return p, nil
}

// program is a compiled JavaScript plugin.
type program struct {
	fsys        fs.FS
	manifest    *manifest.Manifest
	info        sdk.Info
	loadTimeout time.Duration
	entry       *module
	plainEvents bool     // the source needs what only plain objects can do
	dialect     *Dialect // of a Sources; nil for a plugin
	coverage    *coverage.Profile

	originalUnits bool // see WithOriginalUnits

	mu      sync.Mutex // guards what follows, and the making of modules
	modules map[string]*module
	files   map[string][32]byte
}

// Info describes the plugin.
func (p *program) Info() sdk.Info { return p.info }

func (p *program) load(ctx context.Context) error {
	name, notice, err := findEntry(p.fsys, p.manifest.Main)
	if err != nil {
		return err
	}
	if notice != "" {
		p.notice("plugin.json", "main-missing", notice)
	}
	if p.entry, err = p.module(name); err != nil {
		return err
	}
	p.compileReachable(p.entry)
	trial, err := p.trial(ctx)
	if err == nil && !trial.exports.any() {
		// Nothing is exported: top-level functions are the hooks, if the source runs as a script.
		p.entry.script = true
		if err = p.entry.compile(); err == nil {
			trial, err = p.trial(ctx)
		}
	}
	if err != nil {
		return err
	}
	p.describe(trial)
	return nil
}

// trial makes an instance whose output nobody sees.
func (p *program) trial(ctx context.Context) (*instance, error) {
	meta, err := sdk.NewMeta(sdk.MetaConfig{Clock: func() time.Time { return time.Unix(0, 0).UTC() }})
	if err != nil {
		return nil, err
	}
	return p.instance(ctx, meta)
}

// describe fills in what Info says.
func (p *program) describe(trial *instance) {
	p.info.Hooks = trial.exports.names()
	if len(p.info.Hooks) == 0 {
		p.notice(p.entry.name, "no-hooks", "no hook is exported: events pass unchanged")
	}
	p.info.Schedules = trial.exports.schedules()
	p.describeState(trial)
	for _, m := range p.modules {
		for _, use := range m.needsPlain {
			p.plainEvents = true
			p.info.Notices = append(p.info.Notices, sdk.Notice{
				File: use.file, Line: use.line, Column: use.column, Code: "plain-events",
				Message: use.what + " needs events as plain objects, which are slower to make",
			})
		}
	}
	for name, sum := range p.files {
		p.info.Files = append(p.info.Files, sdk.File{Name: name, SHA256: sum})
	}
	slices.SortFunc(p.info.Files, func(a, b sdk.File) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(p.info.Notices, func(a, b sdk.Notice) int {
		return strings.Compare(position{a.File, a.Line, a.Column}.key(), position{b.File, b.Line, b.Column}.key())
	})
}

// describeState looks for what the plugin remembers, and lets go of the syntax trees.
func (p *program) describeState(trial *instance) {
	var modules []*module
	for _, name := range slices.Sorted(maps.Keys(p.modules)) {
		modules = append(modules, p.modules[name])
	}
	found := findState(modules)
	for _, name := range trial.exports.scheduled() {
		found = append(found, finding{position{file: p.entry.name}, sdk.StateMemory, "exports " + name})
	}
	for _, f := range found {
		p.info.State = max(p.info.State, f.state)
		p.info.Notices = append(p.info.Notices, sdk.Notice{
			File: f.file, Line: f.line, Column: f.column, Code: "state-" + f.state.String(), Message: f.what,
		})
	}
	for _, m := range modules {
		m.tree = nil
	}
}

func (p *program) notice(file, code, message string) {
	p.info.Notices = append(p.info.Notices, sdk.Notice{File: file, Code: code, Message: message})
}

// New makes an instance and runs the plugin's top-level code in it.
func (p *program) New(ctx context.Context, meta *sdk.PluginMeta) (*sdk.Hooks, error) {
	in, err := p.instance(ctx, meta)
	if err != nil {
		return nil, sdk.InPlugin(p.info.Name, err)
	}
	meta.OnStop(in.stop)
	return in.hooks(), nil
}

// read returns a source file and notes that it was read.
func (p *program) read(name string) ([]byte, error) {
	text, err := fs.ReadFile(p.fsys, name)
	if err != nil {
		return nil, err
	}
	p.files[name] = sha256.Sum256(text)
	return text, nil
}

// position is a place in the plugin's source.
type position struct {
	file         string
	line, column int // 1-based, 0 unknown
}

func (p position) key() string { return fmt.Sprintf("%s:%09d:%09d", p.file, p.line, p.column) }
