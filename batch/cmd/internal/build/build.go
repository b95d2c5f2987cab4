package build

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/plugins"
)

// Options says what to build.
type Options struct {
	Plugins  []string  // directories of Go plugins, at least one
	Output   string    // file to write; an existing one is replaced
	Source   string    // directory with the source of plugreel; "" means version Released
	Released string    // a published version of plugreel; used if Source is ""
	Log      io.Writer // told every go command; nil for nobody
}

// Result says what was built.
type Result struct {
	Output   string
	Plugins  []string // names, as -p takes them
	Warnings []string // for the user, a line each
}

// SystemError is a file that could not be read or written.
type SystemError struct {
	Path string
	Err  error
}

// Error is "path: cause".
func (e *SystemError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *SystemError) Unwrap() error { return e.Err }

// Run builds a plugreel with the plugins in it. All problems of all plugins are reported at once.
//
// Errors: *[SystemError]; ctx's cause; *plugins.ManifestError and *sdk.LoadError for plugins, one
// line for each problem; others for what the user asked for.
func Run(ctx context.Context, o Options) (*Result, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	from, err := findOrigin(o.Source, o.Released)
	if err != nil {
		return nil, err
	}
	tools, err := findToolchain(ctx, o.Log)
	if err != nil {
		return nil, err
	}
	m, err := newModule(tools, from)
	if err != nil {
		return nil, err
	}
	defer m.remove()
	if err := m.addAll(ctx, o.Plugins); err != nil {
		return nil, err
	}
	if err := m.build(ctx, o.Output); err != nil {
		return nil, err
	}
	return m.result(o.Output), nil
}

func (o *Options) check() error {
	if len(o.Plugins) == 0 {
		return errors.New("--with: got none, want directories of Go plugins")
	}
	if info, err := os.Stat(o.Output); err == nil && info.IsDir() {
		return fmt.Errorf("-o: %s is a directory, want the name of the program to write", o.Output)
	}
	return nil
}

// addAll puts every plugin into the module.
func (m *module) addAll(ctx context.Context, dirs []string) error {
	var errs []error
	for _, dir := range dirs {
		p, err := openPlugin(dir)
		if err == nil {
			err = m.checkName(p)
		}
		if err == nil {
			err = m.add(ctx, p)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// checkName refuses a plugin that could not be told from another one.
func (m *module) checkName(p *plugin) error {
	if slices.Contains(plugins.Builtins(), p.name) {
		return fmt.Errorf("%s: the name %q is that of a built-in plugin; give the plugin another one in its plugin.json", p.ref, p.name)
	}
	for _, other := range m.plugins {
		if other.name == p.name {
			return fmt.Errorf("%s: got a second plugin named %q, beside %s; give one of them another name in its plugin.json", p.ref, p.name, other.ref)
		}
	}
	return nil
}

// build has the toolchain make the program.
func (m *module) build(ctx context.Context, output string) error {
	abs, err := filepath.Abs(output)
	if err != nil {
		return &SystemError{output, err}
	}
	if err := m.finish(); err != nil {
		return err
	}
	// The temporary directory stays out of stack traces. To trim all packages, as -trimpath does, would
	// be to compile all of them anew.
	trim := fmt.Sprintf("-gcflags=%s/...='-trimpath=%s=>%s'", modulePath, m.dir, modulePath)
	_, err = m.tools.run(ctx, m.dir, "build", "-mod=mod", trim, "-buildvcs=false", "-o", abs, ".")
	return m.explain(err)
}

// explain puts the author's paths into what the toolchain printed.
func (m *module) explain(err error) error {
	var failed *commandError
	if !errors.As(err, &failed) || failed.output == "" {
		return err
	}
	var lines []string
	for line := range strings.Lines(failed.output) {
		if !strings.HasPrefix(line, "# ") { // the package that the next lines are about
			lines = append(lines, m.authorsPath(strings.TrimSpace(line)))
		}
	}
	return &commandError{failed.command, strings.Join(lines, "\n"), failed.err}
}

func (m *module) authorsPath(line string) string {
	for _, p := range m.plugins {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(line, "./"), p.slug+"/"); ok && !p.inPlace() {
			return filepath.ToSlash(p.ref) + "/" + rest
		}
	}
	return line
}

func (m *module) result(output string) *Result {
	r := &Result{Output: output}
	for _, p := range m.plugins {
		r.Plugins = append(r.Plugins, p.name)
		r.Warnings = append(r.Warnings, p.warnings...)
	}
	return r
}
