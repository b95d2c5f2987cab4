package batch

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTooLong(t *testing.T) {
	for _, c := range []struct {
		unit string
		n    int
		want bool
	}{
		{"x", MaxLogChars, false}, {"x", MaxLogChars + 1, true},
		{"é", MaxLogChars, false}, {"é", MaxLogChars + 1, true},
		{"😀", MaxLogChars / 2, false}, {"😀", MaxLogChars/2 + 1, true}, // two units each in JavaScript
	} {
		assert.Equal(t, c.want, tooLong(strings.Repeat(c.unit, c.n)), "%d of %s", c.n, c.unit)
	}
}

func TestErrorPolicyText(t *testing.T) {
	for _, p := range []ErrorPolicy{Keep, Drop, Stop} {
		text, err := p.MarshalText()
		require.NoError(t, err)
		var q ErrorPolicy
		require.NoError(t, q.UnmarshalText(text))
		assert.Equal(t, p, q)
	}
	var p ErrorPolicy
	assert.EqualError(t, p.UnmarshalText([]byte("ignore")), `got "ignore", want keep, drop or stop`)
	assert.Equal(t, "ErrorPolicy(9)", ErrorPolicy(9).String())
}

func TestStopwatchEstimates(t *testing.T) {
	var s stopwatch
	var weights int
	for range measuredCalls + 10*measuredEvery {
		s.begin()
		weights += int(s.weight())
		s.slow = false
	}
	assert.Equal(t, s.calls, weights, "calls that are measured stand for all")
}

func TestVersion(t *testing.T) {
	for want, info := range map[string]debug.BuildInfo{
		"v1.2.3":  {Main: debug.Module{Path: modulePath, Version: "v1.2.3"}},
		"v1.2.4":  {Main: debug.Module{Path: "a"}, Deps: []*debug.Module{{Path: "b", Version: "v1"}, {Path: modulePath, Version: "v1.2.4"}}},
		"(devel)": {Main: debug.Module{Path: "a"}, Deps: []*debug.Module{{Path: modulePath, Version: "v0.0.0", Replace: &debug.Module{Path: "/src"}}}},
	} {
		assert.Equal(t, want, versionIn(&info))
	}
	assert.NotEmpty(t, Version())
}
