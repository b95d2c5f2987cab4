package batch_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	noautocapture "github.com/plugreel/plugreel/batch/testdata/no-autocapture"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// The example of the README.
func Example() {
	noAutocapture := sdk.Native(sdk.Info{Name: "no-autocapture", State: sdk.StateMemory}, noautocapture.Hooks)
	report, err := batch.Run(context.Background(), batch.Chain{{Program: noAutocapture}},
		batch.Files("testdata/capture.ndjson"), batch.Writer(io.Discard), batch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Counts.Read, "read,", report.Counts.Dropped, "dropped")
	// Output: 200 read, 44 dropped
}

func TestReadmeShowsTheExample(t *testing.T) {
	source, err := os.ReadFile("readme_test.go")
	require.NoError(t, err)
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, "", source, 0)
	require.NoError(t, err)
	var body string
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Example" {
			body = string(source[files.Position(f.Body.Lbrace).Offset+2 : files.Position(f.Body.Rbrace).Offset])
		}
	}
	lines := strings.Split(body, "\n")
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], "\t")
	}
	want, _, _ := strings.Cut(strings.Join(lines, "\n"), "// Output:")
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), strings.TrimSpace(want))
}

// TestReadmeShowsTheGoPlugin compares the forms of the plugin that the README shows; the third, a plugreel
// of one's own, is the second with another main.
func TestReadmeShowsTheGoPlugin(t *testing.T) {
	source, err := os.ReadFile("testdata/no-autocapture/plugin.go")
	require.NoError(t, err)
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), "```go plugin\n"+string(source)+"```\n")
	interpreted, err := plugins.Open("./testdata/no-autocapture")
	require.NoError(t, err)
	defer interpreted.Close()
	assert.Equal(t, sdk.StateMemory, interpreted.Program.Info().State, "as the host says of it")
	compiled := sdk.Native(sdk.Info{Name: "no-autocapture", State: sdk.StateMemory}, noautocapture.Hooks)
	want := replay(t, batch.Chain{{Program: compiled}}, batch.Files("testdata/capture.ndjson"), batch.Options{})
	got := replay(t, batch.Chain{{Program: interpreted.Program}}, batch.Files("testdata/capture.ndjson"), batch.Options{})
	assert.Equal(t, want.out, got.out)
	assert.Equal(t, want.report.Counts, got.report.Counts)
	assert.EqualValues(t, 44, got.report.Counts.Dropped)
}
