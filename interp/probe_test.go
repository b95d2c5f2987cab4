package interp_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp/internal/engine"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

var update = flag.Bool("update", false, "rewrite testdata/probes.txt")

// minAgreement is the share of probes without a go statement and with allowed imports only that
// must run and agree: refusing is no way out.
const minAgreement = 0.92

// outcome is what a program did.
type outcome struct {
	stdout string
	exit   int
}

// TestProbes runs every program of testdata/probes as a compiled program and through the engine.
// Each must agree or be refused, as testdata/probes.txt says, and do the same when it is counted.
func TestProbes(t *testing.T) {
	names := probeNames(t)
	require.GreaterOrEqual(t, len(names), 200)
	native := compileProbes(t, names)
	table := map[string]string{}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			source := readProbe(t, name)
			got, refused := interpret(source, nil)
			counted, countedRefused := interpret(source, coverage.New(nil))
			assert.Equal(t, got, counted, "counting changes nothing")
			assert.Equal(t, refused, countedRefused, "counting refuses nothing")
			if refused != "" {
				table[name] = "refused: " + refused
				return
			}
			table[name] = "agree"
			if native != nil {
				assert.Equal(t, native(t, name), got, "the interpreted program differs from the compiled one without a word")
			}
		})
	}
	checkTable(t, names, table)
	checkAgreement(t, table)
}

func probeNames(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/probes/*.go")
	require.NoError(t, err)
	for i, p := range paths {
		paths[i] = strings.TrimSuffix(filepath.Base(p), ".go")
	}
	return paths
}

func readProbe(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "probes", name+".go"))
	require.NoError(t, err)
	return string(text)
}

// interpret runs a program through the engine and counts what runs; refused says why it did not run.
func interpret(source string, c *coverage.Profile) (out outcome, refused string) {
	var stdout strings.Builder
	unit, err := engine.CompileMain(fstest.MapFS{"main.go": {Data: []byte(source)}}, c)
	if err == nil {
		err = unit.RunMain(context.Background(), func(s string) { stdout.WriteString(s) })
	}
	var load *sdk.LoadError
	if errors.As(err, &load) {
		return outcome{}, strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	out.stdout = stdout.String()
	if err != nil {
		out.exit = 2
	}
	return out, ""
}

var (
	packageLine = regexp.MustCompile(`(?m)^package main$`)
	mainLine    = regexp.MustCompile(`(?m)^func main\(\)`)
)

// compileProbes builds all programs in one go build and returns what runs one of them; nil if
// there is no Go toolchain. Each program becomes a package named prog with a function Main,
// except those that print while they are initialised: init_*.
func compileProbes(t *testing.T, names []string) func(t *testing.T, name string) outcome {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Log("no go toolchain: the probes are not compared with compiled programs")
		return nil
	}
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	write("go.mod", "module probes\n\ngo 1.26\n")
	args := []string{"build", "-trimpath", "-o", "bin/", "."}
	var imports, cases strings.Builder
	for _, name := range names {
		source := readProbe(t, name)
		if strings.HasPrefix(name, "init_") {
			write(name+"/main.go", source)
			args = append(args, "./"+name)
			continue
		}
		source = packageLine.ReplaceAllString(source, "package prog")
		write(name+"/prog.go", mainLine.ReplaceAllString(source, "func Main()"))
		fmt.Fprintf(&imports, "import p_%s \"probes/%s\"\n", name, name)
		fmt.Fprintf(&cases, "case %q:\np_%s.Main()\n", name, name)
	}
	write("main.go", "package main\nimport \"os\"\n"+imports.String()+"func main() {\nswitch os.Args[1] {\n"+cases.String()+"}\n}\n")
	build := exec.Command(goTool, args...)
	build.Dir = dir
	build.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))
	return func(t *testing.T, name string) outcome {
		t.Helper()
		binary := filepath.Join(dir, "bin", "probes")
		if strings.HasPrefix(name, "init_") {
			binary = filepath.Join(dir, "bin", name)
		}
		var stdout bytes.Buffer
		cmd := exec.Command(binary, name)
		cmd.Stdout = &stdout
		err := cmd.Run()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(stdout.String(), "probes/"+name+".", "main.")
		return outcome{strings.ReplaceAll(text, "prog.", "main."), cmd.ProcessState.ExitCode()}
	}
}

// checkTable compares what happened with the recorded table, so that a change is seen.
func checkTable(t *testing.T, names []string, table map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# What the engine does with each probe; go test -update rewrites it.\n")
	for _, name := range names {
		fmt.Fprintf(&b, "%s\t%s\n", name, table[name])
	}
	const file = "testdata/probes.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

// outOfScope are refusals that the plugin contract itself asks for.
var outOfScope = []string{"go statement", "a plugin may not import it"}

func checkAgreement(t *testing.T, table map[string]string) {
	t.Helper()
	agree, total := 0, 0
	for _, result := range table {
		if slices.ContainsFunc(outOfScope, func(s string) bool { return strings.Contains(result, s) }) {
			continue
		}
		total++
		if result == "agree" {
			agree++
		}
	}
	t.Logf("%d probes: %d agree, of %d that a plugin may contain", len(table), agree, total)
	assert.GreaterOrEqual(t, float64(agree)/float64(total), minAgreement)
}

// TestProbesTable checks that every line of the table has a program.
func TestProbesTable(t *testing.T) {
	f, err := os.Open("testdata/probes.txt")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, _, ok := strings.Cut(lines.Text(), "\t")
		if ok {
			assert.FileExists(t, filepath.Join("testdata", "probes", name+".go"))
		}
	}
}
