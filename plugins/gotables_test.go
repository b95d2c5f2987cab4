package plugins_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// The tables of the Go plugins hold for what was compiled in; TestFirstParty runs them from source,
// as plugreel test does.
func TestCompiledPluginsPassTheirTables(t *testing.T) {
	tables := map[string][]testkit.Case{}
	for _, name := range plugins.Builtins() {
		if goFiles, err := filepath.Glob(filepath.Join(name, "*.go")); err != nil || goFiles == nil {
			continue
		}
		table, err := testkit.ReadTable(filepath.Join(name, name+"_cases.yaml"))
		require.NoError(t, err)
		tables[name] = table.Cases
	}
	require.GreaterOrEqual(t, len(tables), 8)
	t.Chdir(t.TempDir()) // where no directory stands before a built-in name
	for name, cases := range tables {
		t.Run(name, func(t *testing.T) { testkit.Run(t, name, cases) })
	}
}

type config = map[string]any
