package jest

import (
	"context"
	"embed"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// Project is a directory with tests. It may be used by one goroutine at a time.
type Project struct {
	dir     string // absolute
	fsys    fs.FS
	sources *jsbridge.Sources
	config  *config
	mocks   map[string]string // files of __mocks__ by what they stand for
}

// Open reads the configuration of the tests in dir: the member jest of package.json, or jest.config.js and
// its like. fsys is the directory's contents; nothing outside it is read. If it has a method
// Real(name string) string, that is what modules are known by: the name of a file without links in it. What
// runs of its modules, tests included, is counted into c, unless that is nil.
// Errors: *[sdk.LoadError] for a configuration that cannot be used.
func Open(dir string, fsys fs.FS, c *coverage.Profile) (*Project, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	p := &Project{dir: filepath.ToSlash(absolute), fsys: fsys}
	p.sources = jsbridge.NewSources(fsys, jsbridge.Dialect{Parameters: parameters, Arrange: arrange, Complete: rewordCaught, Coverage: c})
	if p.config, err = p.readConfig(); err != nil {
		return nil, err
	}
	return p, nil
}

// Status is how a test ended.
type Status string

// How a test ends.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Skipped Status = "skipped"
	Todo    Status = "todo"
)

// Test is what became of one test.
type Test struct {
	Titles   []string // of the blocks around it, outermost first, and its own
	Status   Status
	Line     int       // where it stands, 1-based, 0 unknown
	Failures []Failure // why it failed
	Took     time.Duration
}

// Name is the test's name as Jest prints it: the titles with spaces between them.
func (t *Test) Name() string { return strings.Join(t.Titles, " ") }

// Failure is one reason why a test failed.
type Failure struct {
	Message string // what was thrown, several lines: for a matcher its hint, what was expected and what came
	Where   string // the lines around the place, and the stack; "" if no place is known
	File    string // relative to the project's root, "" unknown
	Line    int    // 1-based, 0 unknown
	Column  int
}

// String is the message with the place below.
func (f *Failure) String() string {
	if f.Where == "" {
		return f.Message
	}
	return f.Message + "\n\n" + f.Where
}

// Snapshots counts the snapshots of a file.
type Snapshots struct{ Added, Matched, Unmatched, Updated, Removed, Unchecked int }

// Options says which tests to run, and how. The zero value runs all, writes snapshots that are new
// and prints nothing.
type Options struct {
	// Selects says whether a test is to run, by its name; nil runs all.
	Selects func(name string) bool
	// Update writes snapshots that differ anew, and removes those that nobody asks for.
	Update bool
	// ReadOnly writes no snapshots: one that is new is a failure.
	ReadOnly bool
	// Log gets what tests write to the console; nil drops it.
	Log func(level, text string)
	// Now is the clock behind Date where a test does not set it; nil means time.Now.
	Now func() time.Time
	// Limit ends a file's tests that block the engine, 60 s if it is 0.
	Limit time.Duration
}

// Outcome is what became of a file besides its tests.
type Outcome struct {
	Snapshots Snapshots
	// Failures do not belong to one test: the file did not load, an afterAll hook failed.
	Failures []Failure
}

//go:embed js/*.js
var scripts embed.FS

// order in which the scripts run: each may use what those before it defined.
var order = []string{"base", "equals", "format", "diff", "matchers", "spies", "expect", "mock", "fs", "modules", "http", "node", "timers", "snapshots", "each", "circus", "registry"}

// compiled is the runner's own JavaScript, compiled once in a process.
var compiled = sync.OnceValue(compile)

func compile() []*goja.Program {
	programs := make([]*goja.Program, len(order))
	for i, name := range order {
		text, err := scripts.ReadFile(path.Join("js", name+".js"))
		if err != nil {
			panic(err)
		}
		programs[i] = goja.MustCompile("plugreel:jest/"+name, string(text), true)
	}
	return programs
}

// Run runs the tests of a file, slash-separated and relative to the root, in a realm of its own, and
// emits each when it has ended, in the order in which Jest runs them.
// Errors: ctx's, and those of writing snapshots.
func (p *Project) Run(ctx context.Context, file string, o *Options, emit func(Test)) (Outcome, error) {
	r, err := p.newRun(file, o, emit)
	if err != nil {
		return Outcome{}, err
	}
	return r.run(ctx)
}
