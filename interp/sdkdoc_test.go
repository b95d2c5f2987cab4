package interp_test

import (
	"go/doc/comment"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

// TestPluginOfTheDocumentation runs the plugin that the documentation of package sdk shows.
func TestPluginOfTheDocumentation(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../sdk/doc.go", nil, parser.ParseComments)
	require.NoError(t, err)
	source := ""
	for _, block := range new(comment.Parser).Parse(file.Doc.Text()).Content {
		if code, ok := block.(*comment.Code); ok && strings.Contains(code.Text, "package greet") {
			source = code.Text
		}
	}
	program := load(t, files("greet.go", source))
	assert.Empty(t, program.Info().Notices[1:], "one remark: it counts")
	p := start(t, program, `{"greeting":"servus"}`)
	assert.Equal(t, `{"event":"$pageview","properties":{"person":{"name":" Ada "},"greeting":"servus, Ada"}}`,
		p.must(`{"event":"$pageview","properties":{"person":{"name":" Ada "},"old":null}}`))
	assert.Equal(t, "dropped", p.must(`{"event":"$autocapture"}`))
	require.NoError(t, p.call(func() error { return p.hooks.TeardownPlugin(p.meta) }))
	assert.Equal(t, []string{"INFO 1 pageviews"}, p.logs)
	assert.Equal(t, sdk.StateMemory, program.Info().State)
}
