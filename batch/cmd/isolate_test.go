//go:build linux && !race

package cmd

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMemory runs scripts that need a limit of memory, which the race detector does not survive.
func TestMemory(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/memory",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}
