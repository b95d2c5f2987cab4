package interp

import (
	"context"
	"go/types"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/plugreel/plugreel/interp/internal/engine"
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

// WithLoadTimeout sets how long the initialisation of package variables and init functions may
// take; the default is [DefaultLoadTimeout].
func WithLoadTimeout(d time.Duration) Option { return func(p *program) { p.loadTimeout = d } }

// WithPackages lets plugins import more packages. The outer key is the import path; a table is
// what yaegi extract makes: functions, typed constants and types as nil pointers by name,
// variables as settable values, untyped constants as go/constant values, and for an interface
// that plugins may implement its wrapper under the name with "_" before it. A path that is
// allowed already gets the new table. Everything that a symbol can reach is open to the plugin.
func WithPackages(symbols map[string]map[string]reflect.Value) Option {
	return func(p *program) { p.added = symbols }
}

// WithCoverage counts what runs of the plugin's own files into c: tests and what is in vendor are
// left out. It costs time and changes nothing else; nil counts nothing.
func WithCoverage(c *coverage.Profile) Option { return func(p *program) { p.coverage = c } }

// AddPoints adds what would be counted of a Go file of a plugin to c, for files that nothing imports.
// The file is parsed, not checked. A test, a file for other systems, in vendor, or in a command below
// the root has nothing that would be counted.
// Errors: *[sdk.LoadError], several joined if the file has several problems.
func AddPoints(c *coverage.Profile, fsys fs.FS, name string) error {
	return engine.AddPoints(c, fsys, name)
}

// Load checks the Go plugin in fsys, translates it for the interpreter, and runs its
// initialisation once. Nothing outside fsys is read, and no Go toolchain is needed. The program
// may be used from several goroutines.
//
// The plugin is the package in the root of fsys, whatever its name is; m.Main is not used. Files
// belong to it as on linux/amd64.
// Errors: *[sdk.LoadError], several joined if the source has several problems.
func Load(ctx context.Context, fsys fs.FS, m *manifest.Manifest, opts ...Option) (sdk.Program, error) {
	p := &program{loadTimeout: DefaultLoadTimeout}
	p.info.Name = m.Name
	for _, opt := range opts {
		opt(p)
	}
	if err := p.load(ctx, fsys); err != nil {
		return nil, sdk.InPlugin(p.info.Name, err)
	}
	return p, nil
}

// program is a checked Go plugin.
type program struct {
	info        sdk.Info
	variables   []sdk.Notice // package variables that functions change
	shared      map[*types.Var]bool
	unit        *engine.Unit
	loadTimeout time.Duration
	added       engine.Symbols
	coverage    *coverage.Profile
}

// Info describes the plugin.
func (p *program) Info() sdk.Info { return p.info }

func (p *program) load(ctx context.Context, fsys fs.FS) error {
	var err error
	if p.unit, err = engine.Compile(fsys, p.added, p.coverage, findHooks); err != nil {
		return err
	}
	trial, err := p.try(ctx)
	if err != nil {
		return err
	}
	defer trial.end()
	p.describe(&trial.own)
	return nil
}

// try makes an instance to see what it is made of.
func (p *program) try(ctx context.Context) (*instance, error) {
	meta, err := sdk.NewMeta(sdk.MetaConfig{Clock: func() time.Time { return time.Unix(0, 0).UTC() }})
	if err != nil {
		return nil, err
	}
	return p.start(ctx, meta)
}

// describe fills in what Info says.
func (p *program) describe(own *sdk.Hooks) {
	p.sortFiles()
	p.info.Hooks = own.Names()
	for _, h := range hookTable {
		if own.RunEvery[h.schedule] != nil {
			p.info.Schedules = append(p.info.Schedules, h.schedule)
		}
	}
	if len(p.info.Hooks) == 0 {
		p.noHooks()
	}
	p.findState()
	p.findDifferences()
}

func (p *program) sortFiles() {
	p.info.Files = p.unit.Files
	slices.SortFunc(p.info.Files, func(a, b sdk.File) int { return strings.Compare(a.Name, b.Name) })
}

// noHooks notes that the plugin does nothing, and names what was perhaps meant as a hook.
func (p *program) noHooks() {
	n := sdk.Notice{Code: "no-hooks", Message: "no hook is exported: events pass unchanged"}
	for _, h := range append([]hook{constructor}, hookTable...) {
		if o := p.unit.Root.Scope().Lookup(h.name); o != nil {
			n.File, n.Line, n.Column = p.unit.Position(o)
			n.Message += "; an exported function is meant: " + h.goName
			break
		}
	}
	p.info.Notices = append(p.info.Notices, n)
}

// New makes an instance: an interpreter of its own with the plugin initialised in it.
func (p *program) New(ctx context.Context, meta *sdk.PluginMeta) (*sdk.Hooks, error) {
	in, err := p.start(ctx, meta)
	if err != nil {
		return nil, sdk.InPlugin(p.info.Name, err)
	}
	meta.OnStop(in.stop)
	return in.hooks(), nil
}
