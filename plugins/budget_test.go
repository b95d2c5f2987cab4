package plugins_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// TestAllocationBudgets counts the allocations of a whole replay, reading and writing included. Unlike
// times they are the same on every machine.
func TestAllocationBudgets(t *testing.T) {
	const few, many = 1_000, 5_000
	for _, row := range []struct {
		name, reason string
		refs         []string
		most         float64 // allocations per event
	}{
		{"no plugin", "records are checked where they lie", nil, 0.05},
		{"Go, compiled in", "an event and the places of what was written", []string{"hello-world-go"}, 3},
		{"JavaScript", "the engine's objects for an event", []string{"hello-world"}, 15},
	} {
		t.Run(row.name, func(t *testing.T) {
			chain := builtinChain(t, row.refs...)
			perEvent := (allocations(t, chain, many) - allocations(t, chain, few)) / (many - few)
			assert.LessOrEqual(t, perEvent, row.most, row.reason)
		})
	}
}

func builtinChain(t *testing.T, refs ...string) batch.Chain {
	t.Chdir(t.TempDir()) // here the directories would be found first
	var chain batch.Chain
	for _, ref := range refs {
		p, err := plugins.Open(ref)
		require.NoError(t, err)
		chain = append(chain, batch.Plugin{Program: p.Program, Config: json.RawMessage(`{"greeting":"world","bar":"baz"}`)})
	}
	return chain
}

// allocations counts those of a replay of n events.
func allocations(t *testing.T, chain batch.Chain, n int) float64 {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{}.Write(&archive, n))
	return testing.AllocsPerRun(2, func() {
		src := batch.Reader("archive", bytes.NewReader(archive.Bytes()))
		_, err := batch.Run(context.Background(), chain, src, batch.Writer(io.Discard), batch.Options{Workers: 1})
		require.NoError(t, err)
	})
}
