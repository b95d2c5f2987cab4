package jsbridge

import (
	"cmp"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// frameForm is what parseFrame reads, as a pattern.
var frameForm = regexp.MustCompile(`^[\t ]*at (?:(.*) \(([^() ][^()]*):([0-9]+):([0-9]+)\([0-9]+\)\)|([^() ][^()]*):([0-9]+):([0-9]+)\([0-9]+\))$`)

func FuzzParseFrame(f *testing.F) {
	for _, text := range []string{
		"\tat processEvent (index.js:2:20(14))", "\tat index.js:2:20(14)", "\tat Array.map (native)", "TypeError: x at y:1:2(3)", "",
		"at a b (c) (dir/with space.ts:1:1(0))", "at (file.js:1:2(3))", "at  (x:1:2(3))", "at x:1:2(3))", "at f (x:1:2(3)", "at f (:1:2(3))", "at x:1:(3)", "at x:1:2()",
		"at C:\\a:1:2(3)", "at x:y:z:1:2(3)", "at f (g (x:1:2(3)))", "at f ( x:1:2(3))",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\n") {
			return // no line
		}
		got, ok := parseFrame(text)
		m := frameForm.FindStringSubmatch(text)
		require.Equal(t, m != nil, ok, "%q", text)
		if ok {
			require.Equal(t, frame{cmp.Or(m[1], "<anonymous>"), m[2] + m[5], m[3] + m[6], m[4] + m[7]}, got, "%q", text)
		}
	})
}
