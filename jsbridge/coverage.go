package jsbridge

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/plugreel/plugreel/jsbridge/internal/cover"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// WithCoverage counts what runs of the plugin's own files into c, installed packages left out. It
// costs time and changes nothing else; nil counts nothing.
func WithCoverage(c *coverage.Profile) Option { return func(p *program) { p.coverage = c } }

// instrument makes a module count.
func (m *module) instrument(tree *ast.Program) {
	c := m.coverage
	if strings.Contains("/"+m.name, "/node_modules/") || !c.Measures(m.name) {
		return
	}
	cover.Program(tree, func(p coverage.Point) int {
		p.File = m.name
		return c.Add(p)
	})
}

// installCount defines the helper that instrumented modules call.
func (in *instance) installCount() {
	c := in.p.coverage
	if c == nil {
		return
	}
	in.helper(cover.Count, func(call goja.FunctionCall) goja.Value {
		c.Count(int(call.Argument(0).ToInteger()))
		return goja.Undefined()
	})
}
