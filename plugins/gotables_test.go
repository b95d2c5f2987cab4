package plugins_test

import (
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

// runBoth runs a table for a built-in Go plugin, as it was compiled in and from its source.
func runBoth(t *testing.T, name string, cases []testkit.Case) {
	t.Helper()
	t.Chdir(t.TempDir()) // where no directory stands before a built-in name
	for _, ref := range []string{name, "interp:" + name} {
		t.Run(ref, func(t *testing.T) { testkit.Run(t, ref, cases) })
	}
}

type config = map[string]any
