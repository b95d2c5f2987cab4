package plugins

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// manifestName is the file that makes a directory or an archive a plugin.
const manifestName = "plugin.json"

// Plugin is an opened plugin: checked and compiled, not yet running. Its methods may be called
// from several goroutines, Close apart.
type Plugin struct {
	Ref      string             // as given to Open, or the name given to OpenFS
	Name     string             // from plugin.json, else see Open; never ""
	Manifest *manifest.Manifest // never nil; its Name is the one above
	Problems manifest.Problems  // what is odd in plugin.json, warnings only; nil if nothing is
	FS       fs.FS              // the plugin's root, with everything in it
	Program  sdk.Program        // the plugin itself; nil from Inspect

	closer  io.Closer // nil if there is nothing to close
	options options   // that it was opened with
}

// Resolve checks what a user set for the plugin and fills in the defaults: see
// [manifest.Manifest.Resolve], which also lists the errors.
func (p *Plugin) Resolve(given manifest.Given) (*manifest.Resolved, error) {
	return p.Manifest.Resolve(given)
}

// Close lets go of the plugin's directory, after the last instance of Program is closed: nothing
// may use FS or Program any more. A second Close does nothing.
func (p *Plugin) Close() error {
	if p.closer == nil {
		return nil
	}
	closer := p.closer
	p.closer = nil
	return closer.Close()
}

// Open opens the plugin that ref names:
//
//	a directory          ./plugins/geoip, or geoip if it exists
//	an archive           geoip.zip, geoip-1.2.0.tgz: by content, whatever the name
//	a built-in plugin    hello-world: one of [Builtins], or of those given with [WithCompiled]
//	its Go source        interp:hello-world-go: interpreted, not as it was compiled in
//
// Any other ref that contains a path separator, starts with "." or exists on disk is a path, so that
// a directory named like a built-in plugin comes first.
//
// The root of the plugin is the directory, or the top of the archive; if all that an archive holds
// is in one folder, that folder. Nothing outside the root is read, through symbolic links
// neither. A plugin.json may be absent from a directory and not from an archive. Without a name
// in it the plugin is called as the directory, or as the archive without its extension.
//
// The caller closes the plugin; the result is nil with an error.
//
// Errors: *[ManifestError] for a plugin.json with errors; *[sdk.LoadError] for everything else, which matches [fs.ErrNotExist], [ErrUnknown],
// [ErrNotArchive] or [ErrArchive] where that is the reason.
// Source: the original runtime, fact sheet sections 1.4 and 1.5.
func Open(ref string, opts ...Option) (*Plugin, error) {
	o := collect(opts)
	src, err := o.locate(ref)
	if err != nil {
		return nil, loadError(ref, err)
	}
	p, err := src.open(o)
	if err != nil {
		src.close() // err says more than what this may return
		return nil, err
	}
	return p, nil
}

// Inspect is Open without the program: the manifest is read and checked, the code is not looked at.
func Inspect(ref string) (*Plugin, error) {
	src, err := options{}.locate(ref)
	if err != nil {
		return nil, loadError(ref, err)
	}
	p, err := src.inspect()
	if err != nil {
		src.close() // err says more than what this may return
		return nil, err
	}
	return p, nil
}

// OpenFS opens the plugin whose root is the top of fsys; name is its Ref and, if plugin.json is
// absent or has none, its name. It is for plugins that a program embeds or a test writes down. It
// reads what it likes of fsys: where that matters, fsys must keep it inside.
// Errors: those of Open for a directory.
func OpenFS(name string, fsys fs.FS, opts ...Option) (*Plugin, error) {
	src := source{ref: name, name: name, fsys: fsys, bare: true}
	return src.open(collect(opts))
}

// Reopen is [OpenFS] with p's name and the options that p was opened with, for the plugin as it would be with
// other files in its root. Loading ends when ctx ends.
func (p *Plugin) Reopen(ctx context.Context, fsys fs.FS) (*Plugin, error) {
	o := p.options
	o.ctx = ctx
	src := source{ref: p.Name, name: p.Name, fsys: fsys, bare: true}
	return src.open(o)
}

// Option changes how a plugin is opened. There is none that most callers need.
type Option func(*options)

type options struct {
	ctx      context.Context
	compiled []Compiled
	js       []jsbridge.Option
	interp   []interp.Option
}

func collect(opts []Option) options {
	o := options{ctx: context.Background()}
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// WithContext ends loading when ctx ends; without it nothing does. The plugin itself does not
// depend on ctx.
func WithContext(ctx context.Context) Option {
	return func(o *options) { o.ctx = ctx }
}

// WithOriginalUnits makes a month of jobs.NAME().runIn 30 weeks in JavaScript plugins, as it was in the
// original runtime: see [jsbridge.WithOriginalUnits].
func WithOriginalUnits() Option {
	return func(o *options) { o.js = append(o.js, jsbridge.WithOriginalUnits()) }
}

// WithCoverage counts what runs of a plugin's own source into c; nil counts nothing. A plugin that is
// compiled in is not counted. [AddSources] adds what nothing loads.
func WithCoverage(c *coverage.Profile) Option {
	return func(o *options) {
		o.js = append(o.js, jsbridge.WithCoverage(c))
		o.interp = append(o.interp, interp.WithCoverage(c))
	}
}

// source is a plugin's root, found and not looked into.
type source struct {
	ref     string // as the user wrote it
	name    string // of the plugin, if plugin.json has none
	fsys    fs.FS
	bare    bool        // plugin.json may be absent
	program sdk.Program // compiled in; nil if it is to be loaded
	closer  io.Closer
}

func (s source) open(o options) (*Plugin, error) {
	p, err := s.inspect()
	if err != nil {
		return nil, err
	}
	if p.Program, err = s.load(o, p.Manifest); err != nil {
		return nil, loadError(s.ref, err)
	}
	o.ctx = nil // it ends with the loading
	p.options = o
	return p, nil
}

// inspect is open without the program.
func (s source) inspect() (*Plugin, error) {
	m, problems, err := s.manifest()
	if err != nil {
		return nil, err
	}
	return &Plugin{Ref: s.ref, Name: m.Name, Manifest: m, Problems: problems, FS: s.fsys, closer: s.closer}, nil
}

// load makes the program, unless it is there already.
func (s source) load(o options, m *manifest.Manifest) (sdk.Program, error) {
	if s.program != nil {
		return s.program, o.ctx.Err()
	}
	return load(o, s.fsys, m)
}

func (s source) close() error {
	if s.closer == nil {
		return nil
	}
	return s.closer.Close()
}

// manifest reads plugin.json. Its problems of severity error are in err, the others beside it.
func (s source) manifest() (*manifest.Manifest, manifest.Problems, error) {
	label := path.Join(filepath.ToSlash(s.ref), manifestName)
	f, err := s.fsys.Open(manifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.bare:
		return &manifest.Manifest{File: label, Name: s.name}, nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, loadError(s.ref, errNoManifest)
	case err != nil:
		return nil, nil, &sdk.LoadError{Plugin: s.ref, File: manifestName, Err: plain(err)}
	}
	defer f.Close()
	m, problems := manifest.Parse(f, label)
	if err := problems.Err(); err != nil {
		return nil, nil, &ManifestError{problems, err}
	}
	if m.Name == "" {
		m.Name = s.name
	}
	return m, problems, nil
}

// ManifestError reports a plugin.json with errors. It wraps a *[manifest.Error] for each.
type ManifestError struct {
	Problems manifest.Problems // all of them, warnings too, by position
	err      error
}

// Error lists the errors, a line each.
func (e *ManifestError) Error() string { return e.err.Error() }

// Unwrap returns the errors, joined.
func (e *ManifestError) Unwrap() error { return e.err }

var errNoManifest = fmt.Errorf("got no %s, want one at the top of the archive or in its only folder", manifestName)

// loadError makes err a *[sdk.LoadError] about the plugin that ref names, unless it is one.
func loadError(ref string, err error) error {
	if e, ok := errors.AsType[*sdk.LoadError](err); ok {
		if e.Plugin != "" {
			return err
		}
		named := *e
		named.Plugin = ref
		return &named
	}
	return &sdk.LoadError{Plugin: ref, Err: plain(err)}
}

// plain takes the operation and the path off an error of the file system: the message has them.
func plain(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
