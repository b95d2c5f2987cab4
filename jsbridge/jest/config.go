package jest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// config is what is used of Jest's configuration. Transforms are not: plugreel has its own.
type config struct {
	RootDir                    string         `json:"rootDir"`
	Roots                      []string       `json:"roots"`
	TestMatch                  texts          `json:"testMatch"`
	TestRegex                  texts          `json:"testRegex"`
	TestPathIgnorePatterns     []string       `json:"testPathIgnorePatterns"`
	SetupFiles                 []string       `json:"setupFiles"`
	SetupFilesAfterEnv         []string       `json:"setupFilesAfterEnv"`
	ModuleNameMapper           mapper         `json:"moduleNameMapper"`
	ModuleDirectories          []string       `json:"moduleDirectories"`
	ModulePaths                []string       `json:"modulePaths"`
	Globals                    map[string]any `json:"globals"`
	Automock                   bool           `json:"automock"`
	UnmockedModulePathPatterns []string       `json:"unmockedModulePathPatterns"`
	ClearMocks                 bool           `json:"clearMocks"`
	ResetMocks                 bool           `json:"resetMocks"`
	RestoreMocks               bool           `json:"restoreMocks"`
	ResetModules               bool           `json:"resetModules"`
	TestTimeout                int            `json:"testTimeout"`
	SnapshotFormat             map[string]any `json:"snapshotFormat"`
	FakeTimers                 struct {
		EnableGlobally bool `json:"enableGlobally"`
	} `json:"fakeTimers"`

	ignored, unmockedPaths []pattern
}

// texts is a list of strings, or one.
type texts []string

// UnmarshalJSON reads either.
func (t *texts) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// mapper is moduleNameMapper: the first pattern that matches names the module.
type mapper []mapping

type mapping struct {
	pattern pattern
	targets texts
}

// UnmarshalJSON reads an object, whose order counts.
func (m *mapper) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var targets texts
		if err := d.Decode(&targets); err != nil {
			return err
		}
		pattern, err := compilePattern(fmt.Sprint(key))
		if err != nil {
			return fmt.Errorf("moduleNameMapper: %w", err)
		}
		*m = append(*m, mapping{pattern, targets})
	}
	return nil
}

// configFiles may hold the configuration, in the order in which they are looked for.
var configFiles = []string{"jest.config.js", "jest.config.ts", "jest.config.mjs", "jest.config.cjs", "jest.config.json"}

func (p *Project) readConfig() (*config, error) {
	p.config = &config{}
	name, text, err := p.configText()
	if err != nil {
		return nil, err
	}
	c := &config{TestTimeout: 5000}
	if text != nil {
		if err := json.Unmarshal(text, c); err != nil {
			return nil, &sdk.LoadError{File: name, Err: fmt.Errorf("jest configuration: %w", err)}
		}
	}
	if c.ModuleDirectories == nil {
		c.ModuleDirectories = []string{"node_modules"}
	}
	if c.TestPathIgnorePatterns == nil {
		c.TestPathIgnorePatterns = []string{"/node_modules/"}
	}
	if major := p.jestVersion(); c.SnapshotFormat == nil && 0 < major && major < 29 {
		c.SnapshotFormat = map[string]any{"escapeString": true, "printBasicPrototype": true}
	}
	if c.ignored, err = p.patterns(c, c.TestPathIgnorePatterns); err == nil {
		c.unmockedPaths, err = p.patterns(c, c.UnmockedModulePathPatterns)
	}
	if err != nil {
		return nil, &sdk.LoadError{File: name, Err: fmt.Errorf("jest configuration: %w", err)}
	}
	return c, nil
}

// jestVersion is the major version of Jest that is installed, or else asked for by package.json; 0 unknown.
// Before 29 the default of snapshotFormat was another.
func (p *Project) jestVersion() int {
	for _, name := range []string{"node_modules/jest/package.json", "package.json"} {
		var pkg struct {
			Name, Version                 string
			Dependencies, DevDependencies struct{ Jest string }
		}
		text, err := fs.ReadFile(p.fsys, name)
		if err != nil || json.Unmarshal(text, &pkg) != nil {
			continue
		}
		version := cmp.Or(pkg.DevDependencies.Jest, pkg.Dependencies.Jest)
		if pkg.Name == "jest" {
			version = pkg.Version
		}
		if major, err := strconv.Atoi(digits.FindString(version)); err == nil {
			return major
		}
	}
	return 0
}

// digits begin a version, in whatever range it stands.
var digits = regexp.MustCompile(`\d+`)

// Configured says whether a directory has a configuration of Jest: a file of its own, or a member of
// package.json.
func Configured(fsys fs.FS) bool {
	return packageConfig(fsys) != nil || configFile(fsys) != ""
}

// packageConfig is the member jest of package.json, nil without one.
func packageConfig(fsys fs.FS) []byte {
	var pkg struct {
		Jest json.RawMessage `json:"jest"`
	}
	text, err := fs.ReadFile(fsys, "package.json")
	if err != nil || json.Unmarshal(text, &pkg) != nil || len(pkg.Jest) == 0 || pkg.Jest[0] != '{' {
		return nil
	}
	return pkg.Jest
}

// configFile is the first of configFiles that a directory has, "" without one.
func configFile(fsys fs.FS) string {
	for _, name := range configFiles {
		if _, err := fs.Stat(fsys, name); err == nil {
			return name
		}
	}
	return ""
}

// configText returns the configuration as JSON, nil if there is none.
func (p *Project) configText() (name string, text []byte, err error) {
	if text := packageConfig(p.fsys); text != nil {
		return "package.json", text, nil
	}
	if name := configFile(p.fsys); name != "" {
		text, err := p.evaluate(name)
		return name, text, err
	}
	return "package.json", nil, nil
}

// evaluate runs a file that exports a configuration, or a function that returns one.
func (p *Project) evaluate(name string) ([]byte, error) {
	r, err := p.newRun(name, nil, nil)
	if err != nil {
		return nil, err
	}
	fail := func(err error) error {
		f := r.describe(err)
		return &sdk.LoadError{File: name, Line: f.Line, Column: f.Column, Err: errors.New(f.Message)}
	}
	if err := r.prepare(); err != nil {
		return nil, fail(err)
	}
	require, _ := goja.AssertFunction(r.core.Get("requireConfig"))
	v, err := require(goja.Undefined(), r.vm.ToValue(name))
	if err == nil {
		v, err = r.settle(context.Background(), v)
	}
	if err != nil {
		return nil, fail(err)
	}
	return []byte(v.String()), nil
}

// root is the directory that <rootDir> stands for.
func (p *Project) root(c *config) string {
	dir := strings.ReplaceAll(c.RootDir, "\\", "/")
	if path.IsAbs(dir) {
		return path.Clean(dir)
	}
	return path.Join(p.dir, dir)
}

func (p *Project) expand(c *config, text string) string {
	return strings.ReplaceAll(text, "<rootDir>", p.root(c))
}

// patterns compiles regular expressions about absolute paths.
func (p *Project) patterns(c *config, list []string) ([]pattern, error) {
	var patterns []pattern
	for _, text := range list {
		text = strings.ReplaceAll(text, "<rootDir>", regexp.QuoteMeta(p.root(c)))
		pattern, err := compilePattern(text)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, pattern)
	}
	return patterns, nil
}

// unmocked says whether automock leaves a file alone.
func (c *config) unmocked(path string) bool { return matchesAny(c.unmockedPaths, path) }
