package interp_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/sdk"
)

func TestStateOfStores(t *testing.T) {
	rows := []struct {
		name, reason, statement string
		want                    sdk.State
	}{
		{"storage", "outlives an instance", `if _, err := meta.Storage.Get("k"); err != nil { return nil, err }; return e, nil`, sdk.StateStore},
		{"cache", "outlives an instance", `if _, err := meta.Cache.Incr("k"); err != nil { return nil, err }; return e, nil`, sdk.StateStore},
		{"both and global", "memory is more", `meta.Global["x"] = 1; _, err := meta.Cache.Incr("k"); return e, err`, sdk.StateMemory},
		{"config", "is no state", `e.Set("x", meta.Config.Get("x")); return e, nil`, sdk.StateNone},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, load(t, files("a.go", body(row.statement))).Info().State, row.reason)
		})
	}
}
