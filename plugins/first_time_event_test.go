package plugins_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

// A host that lends no storage is told so with each event, and events go on.
func TestFirstTimeEventWithoutStorage(t *testing.T) {
	t.Chdir(t.TempDir())
	p := open(t, "first-time-event")
	meta, err := sdk.NewMeta(sdk.MetaConfig{})
	require.NoError(t, err)
	hooks, err := p.Program.New(t.Context(), meta)
	require.NoError(t, err)
	require.NoError(t, hooks.SetupPlugin(meta))
	e, err := sdk.NewEvent([]byte(`{"event":"x"}`))
	require.NoError(t, err)
	_, err = hooks.ProcessEvent(e, meta)
	assert.EqualError(t, err, "got no storage from the host, want one to remember events")
}
