package jsbridge

import (
	"context"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

// TwinsOf counts the hooks of a program that have a twin.
func TwinsOf(t testing.TB, p sdk.Program) int {
	t.Helper()
	in, err := p.(*program).trial(context.Background())
	require.NoError(t, err)
	return len(in.twins.of)
}

// TestQueueOfJobs: without a look at the engine's queue every hook that awaits something would have to wait.
func TestQueueOfJobs(t *testing.T) {
	vm := goja.New()
	queue := jobQueue(vm)
	require.True(t, queue.IsValid(), "the engine's Runtime has no list jobQueue any more: see twins.idle")
	require.NoError(t, vm.Set("length", func() int { return queue.Len() }))
	v, err := vm.RunString("const before = length(); Promise.resolve().then(() => 0); [before, length()].join()")
	require.NoError(t, err)
	require.Equal(t, "0,1", v.String())
	require.Zero(t, queue.Len())
}
