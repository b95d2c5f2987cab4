package jest

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/jsbridge"
)

// nodeModules are the modules of Node: they are no files, and can be mocked also where plugreel has none.
var nodeModules = strings.Fields(`assert assert/strict async_hooks buffer child_process cluster console constants crypto
	dgram diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector module net os path
	path/posix path/win32 perf_hooks process punycode querystring readline repl stream stream/promises stream/web
	string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib`)

// scaffoldUtils are the names by which suites import the helpers of @posthog/plugin-scaffold, which was
// called posthog-plugins.
var scaffoldUtils = []string{
	"@posthog/plugin-scaffold/test/utils", "@posthog/plugin-scaffold/test/utils.js",
	"@posthog/plugin-scaffold/dist/test/utils", "@posthog/plugin-scaffold/dist/test/utils.js",
	"posthog-plugins/test/utils", "posthog-plugins/test/utils.js", "posthog-plugins/test/utils.mjs",
}

// tools are packages that transform tests or configure Jest. Suites and configurations take helpers from
// them, of which there are own forms: the packages themselves need Node.
var tools = []string{"ts-jest", "ts-jest/utils", "ts-jest/presets", "jest-config"}

// fallbacks are packages that tests get a simple form of where they are not installed.
var fallbacks = []string{
	"jest-fetch-mock", "jest-mock", "expect", "cross-fetch", "isomorphic-fetch",
	"regenerator-runtime", "regenerator-runtime/runtime", "core-js", "core-js/stable", "@babel/polyfill",
}

// resolve says what spec means in file from: "file:" and a path, "core:" and a module of Node,
// "package:" and another that plugreel provides, or "" if it is none of these.
func (p *Project) resolve(from, spec string) string {
	if id, ok := p.mapped(from, spec); ok {
		return id
	}
	name := strings.TrimPrefix(spec, "node:")
	if slices.Contains(nodeModules, name) {
		return "core:" + name
	}
	if isPath(spec) {
		return p.pathID(from, spec)
	}
	if jsbridge.Provides(spec) || slices.Contains(tools, spec) {
		return "package:" + spec
	}
	if file := p.installed(from, spec); file != "" {
		return "file:" + file
	}
	switch {
	case slices.Contains(scaffoldUtils, spec):
		return "package:" + scaffoldUtils[0]
	case slices.Contains(fallbacks, spec):
		return "package:" + spec
	}
	return ""
}

func isPath(spec string) bool {
	return strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../") || strings.HasPrefix(spec, "/") || spec == "." || spec == ".."
}

// pathID resolves a path, relative to a file's directory or absolute.
func (p *Project) pathID(from, spec string) string {
	target := path.Join(path.Dir(from), spec)
	if path.IsAbs(spec) {
		rest, ok := strings.CutPrefix(path.Clean(spec), p.dir)
		if !ok {
			return ""
		}
		target = path.Join(".", rest)
	}
	if !fs.ValidPath(target) {
		return ""
	}
	if file, err := p.sources.File(target); err == nil {
		return "file:" + p.real(file)
	}
	return ""
}

// real is the name without links of a file, where the file system knows it.
func (p *Project) real(file string) string {
	if linked, ok := p.fsys.(interface{ Real(name string) string }); ok {
		return linked.Real(file)
	}
	return file
}

// mapped applies moduleNameMapper.
func (p *Project) mapped(from, spec string) (id string, ok bool) {
	if strings.Contains(from, "node_modules/") {
		return "", false
	}
	for _, m := range p.config.ModuleNameMapper {
		groups := m.pattern.FindStringSubmatch(spec)
		if groups == nil {
			continue
		}
		for _, target := range m.targets {
			target = p.expand(p.config, target)
			for i, group := range groups {
				target = strings.ReplaceAll(target, "$"+strconv.Itoa(i), group)
			}
			if id := p.unmapped(target); id != "" {
				return id, true
			}
		}
		return "", true
	}
	return "", false
}

// unmapped resolves the target of a mapping.
func (p *Project) unmapped(target string) string {
	if isPath(target) {
		return p.pathID("package.json", target)
	}
	if jsbridge.Provides(target) {
		return "package:" + target
	}
	if file := p.installed("package.json", target); file != "" {
		return "file:" + file
	}
	return ""
}

// installed finds a package in the module directories above a file, and in modulePaths.
func (p *Project) installed(from, spec string) string {
	for dir := path.Dir(from); ; dir = path.Dir(dir) {
		for _, modules := range p.config.ModuleDirectories {
			if file, err := p.sources.Package(path.Join(dir, modules), spec); err == nil && !path.IsAbs(modules) {
				return p.real(file)
			}
		}
		if dir == "." {
			break
		}
	}
	for _, base := range p.config.ModulePaths {
		target := path.Join(p.expand(p.config, base), spec)
		if !path.IsAbs(target) {
			target = "./" + target
		}
		if id := p.pathID("package.json", target); id != "" {
			return strings.TrimPrefix(id, "file:")
		}
	}
	return ""
}

// rootFile resolves a setup file.
func (p *Project) rootFile(spec string) (string, error) {
	spec = p.expand(p.config, spec)
	id := p.resolve("package.json", spec)
	if id == "" && !isPath(spec) {
		id = p.pathID("package.json", "./"+spec)
	}
	if file, ok := strings.CutPrefix(id, "file:"); ok {
		return file, nil
	}
	return "", errors.New("not found")
}

// manualMock is the file in a __mocks__ directory that stands in for a module, "" if there is none.
func (p *Project) manualMock(from, spec string) string {
	file, ok := strings.CutPrefix(p.resolve(from, spec), "file:")
	if !isPath(spec) {
		if mock := p.packageMock(spec); mock != "" || !ok {
			return mock
		}
	}
	if !ok {
		return ""
	}
	mock := path.Join(path.Dir(file), "__mocks__", path.Base(file))
	if info, err := fs.Stat(p.fsys, mock); err == nil && info.Mode().IsRegular() {
		return mock
	}
	stem := strings.TrimSuffix(mock, path.Ext(mock))
	if found, err := p.sources.File(stem); err == nil {
		return found
	}
	return ""
}

// packageMock is the file in a __mocks__ directory that stands in for a package.
func (p *Project) packageMock(spec string) string {
	if p.mocks == nil {
		p.mocks = map[string]string{}
		_ = p.walk(func(name string) { // what cannot be read mocks nothing
			_, inner, ok := strings.Cut("/"+name, "/__mocks__/")
			if ok {
				p.mocks[strings.TrimSuffix(inner, path.Ext(inner))] = name
			}
		})
	}
	return p.mocks[strings.TrimPrefix(spec, "node:")]
}
