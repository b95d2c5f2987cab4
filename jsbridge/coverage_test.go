package jsbridge_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk/coverage"
)

func TestWhatIsCounted(t *testing.T) {
	for _, row := range []struct{ name, reason, body, lines, branches string }{
		{"statements", "each line has its count", "let n = 0\nfor (let i = 0; i < 3; i++)\n n += i\ne.n = n", "2:1 3:1 4:3 5:1 6:1", ""},
		{"if", "both arms, also without else", "if (e.none) {\n e.x = 1\n}", "2:1 3:0 5:1", "2.0:0 2.1:1"},
		{"else if", "an if like others", "if (e.none) e.x = 1; else if (e.event)\n e.x = 2", "2:1 3:1 4:1", "2.0:0 2.1:1 2.0:1 2.1:0"},
		{"conditional", "one of two", "e.x = e.none ? 1 : 2", "2:1 3:1", "2.0:0 2.1:1"},
		{"right sides", "what is evaluated if need be", "e.x = e.none && 1\ne.y = e.event || 1\ne.z = e.none ?? 1", "2:1 3:1 4:1 5:1", "2.0:0 3.0:0 4.0:1"},
		{"arrows", "their value is their statement", "const f = () =>\n 1\nconst g = () =>\n 2\nf()", "2:1 3:1 4:1 5:0 6:1 7:1", ""},
		{"switch", "an arm for each case", "switch (e.event) {\ncase 'x':\n e.a = 1\n break\ndefault:\n e.b = 1\n}", "2:1 4:1 5:1 7:0 9:1", "2.0:1 2.1:0"},
		{"labels", "stay with their loops", "outer: for (;;) {\n for (;;) break outer\n}", "2:1 3:1 5:1", ""},
		{"labels of their own lines", "are no statements", "outer:\nfor (;;) {\n break outer\n}", "3:1 4:1 6:1", ""},
		{"errors", "stop the counting where they are thrown", "try {\n null.x\n e.never = 1\n} catch {\n e.caught = 1\n}", "2:1 3:1 4:0 6:1 8:1", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := coverage.New(nil)
			source := "export function processEvent(e) {\n" + row.body + "\nreturn e }"
			p, err := jsbridge.Load(context.Background(), files("index.js", source), &manifest.Manifest{Name: "test"}, jsbridge.WithCoverage(c))
			require.NoError(t, err)
			_, err = start(t, p, "{}").process(`{"event":"x"}`)
			require.NoError(t, err)
			require.Len(t, c.Files(), 1)
			var lines, branches []string
			for _, l := range c.Files()[0].Lines {
				lines = append(lines, fmt.Sprintf("%d:%d", l.Line, l.Count))
			}
			for _, b := range c.Files()[0].Branches {
				branches = append(branches, fmt.Sprintf("%d.%d:%d", b.Line, b.Arm, b.Count))
			}
			assert.Equal(t, row.lines, strings.Join(lines, " "), row.reason)
			assert.Equal(t, row.branches, strings.Join(branches, " "), row.reason)
		})
	}
}
