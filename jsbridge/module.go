package jsbridge

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// module is one file of a plugin, compiled once and run in every instance that requires it.
type module struct {
	name       string // slash-separated, relative to the plugin's root
	source     string // as the author wrote it, for messages
	code       string // JavaScript that the engine understands, CommonJS
	sourceMap  string // from code to the file, JSON
	json       bool   // code is the text of a JSON file
	script     bool   // run as a script, so that top-level functions become globals
	tree       *ast.Program
	program    *goja.Program
	requires   []string // literals that it requires
	needsPlain []use
	dialect    *Dialect // nil in a plugin
	coverage   *coverage.Profile
}

// Limits of a plugin's source: goja's parser recurses, and nobody's plugin is larger.
const maxSource = 16 << 20

// module returns the compiled file called name, an existing one.
func (p *program) module(name string) (*module, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m := p.modules[name]; m != nil {
		return m, nil
	}
	text, err := p.read(name)
	if err != nil {
		return nil, &sdk.LoadError{File: name, Err: err}
	}
	if len(text) > maxSource {
		return nil, &sdk.LoadError{File: name, Err: fmt.Errorf("source has %d bytes, want at most %d", len(text), maxSource)}
	}
	m := &module{name: name, source: string(text), json: path.Ext(name) == ".json"}
	if m.json {
		m.code, err = checkJSON(name, text)
	} else if m.code, m.sourceMap, err = p.transpile(name, m.source); err == nil {
		m.dialect, m.coverage = p.dialect, p.coverage
		err = m.compile()
	}
	if err != nil {
		return nil, err
	}
	p.modules[name] = m
	return m, nil
}

func checkJSON(name string, text []byte) (string, error) {
	text = []byte(strings.TrimPrefix(string(text), "\ufeff"))
	if !json.Valid(text) {
		return "", &sdk.LoadError{File: name, Err: errors.New("not valid JSON")}
	}
	return string(text), nil
}

// compileReachable compiles what m requires by literal, and so on, so that a plugin's files are
// known at load time. A file that is missing or broken shows itself when it is required.
func (p *program) compileReachable(m *module) {
	for _, spec := range m.requires {
		name, err := p.resolve(m.name, spec)
		if err != nil || p.modules[name] != nil {
			continue
		}
		if next, err := p.module(name); err == nil {
			p.compileReachable(next)
		}
	}
}

// moduleExtensions are tried, in this order, for a path without one.
var moduleExtensions = []string{".ts", ".js", ".mjs", ".cjs", ".json", ".mts", ".cts"}

// realmExtensions are tried in a realm, where tests run with what a bundler would make the plugin of:
// in Jest's order.
var realmExtensions = []string{".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".json", ".mts", ".cts"}

func (p *program) extensions() []string {
	if p.dialect != nil {
		return realmExtensions
	}
	return moduleExtensions
}

// errNotFound reports a module that is not in the plugin's directory.
var errNotFound = errors.New("module not found")

// resolve returns the file that spec means in file from: a relative path, or a package in a
// node_modules directory inside the plugin's root.
func (p *program) resolve(from, spec string) (string, error) {
	if isRelative(spec) {
		target := path.Join(path.Dir(from), spec)
		if strings.HasPrefix(spec, "/") || !fs.ValidPath(target) {
			return "", fmt.Errorf("%q is outside the plugin's directory", spec)
		}
		return p.file(target)
	}
	for dir := path.Dir(from); ; dir = path.Dir(dir) {
		if name, err := p.packageFile(path.Join(dir, "node_modules"), spec); err == nil {
			return name, nil
		}
		if dir == "." {
			return "", errNotFound
		}
	}
}

func isRelative(spec string) bool {
	return strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../") || strings.HasPrefix(spec, "/") || spec == "." || spec == ".."
}

// file returns the file that a path without extension, of a file or a directory, means.
func (p *program) file(target string) (string, error) {
	names := []string{target}
	for _, ext := range p.extensions() {
		names = append(names, target+ext)
	}
	if stem, ok := strings.CutSuffix(target, ".js"); ok {
		names = append(names, stem+".ts")
	}
	if name := p.firstFile(names); name != "" {
		return name, nil
	}
	return p.directoryFile(target)
}

// directoryFile returns the file that a directory stands for: what its package.json names, or its index.
func (p *program) directoryFile(dir string) (string, error) {
	var names []string
	if main := p.packageMain(dir); main != "" {
		names = append(names, main, main+".js", path.Join(main, "index.js"))
	}
	for _, ext := range p.extensions() {
		names = append(names, path.Join(dir, "index"+ext))
	}
	if name := p.firstFile(names); name != "" {
		return name, nil
	}
	return "", errNotFound
}

func (p *program) firstFile(names []string) string {
	return firstFile(p.fsys, slices.DeleteFunc(names, func(name string) bool { return !fs.ValidPath(name) }))
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
