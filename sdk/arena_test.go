package sdk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func TestRewindUsesMemoryAgain(t *testing.T) {
	a := sdk.NewArena()
	read := func(record string, want int64) {
		e, err := a.Event([]byte(record))
		require.NoError(t, err)
		assert.Equal(t, want, e.Get("properties", "n").IntOr(-1))
		assert.True(t, e.Get("uuid").Exists())
		a.Rewind()
	}
	for range 1000 { // more than a slab of everything
		read(`{"uuid":"u","properties":{"n":1,"deep":{"x":[1,2,3]}}}`, 1)
		read(`{"uuid":"\u0061","properties":{"n":2}}`, 2)
	}
	_, err := a.Event([]byte(`{"uuid":`))
	assert.Error(t, err)
	a.Rewind()
	record := []byte(`{"uuid":"u","event":"e","properties":{"n":1}}`)
	allocs := testing.AllocsPerRun(100, func() {
		if e, err := a.Event(record); err != nil || !e.Has("event") {
			t.Fail()
		}
		a.Rewind()
	})
	assert.Zero(t, allocs)
	a.Reset()
	read(`{"uuid":"u","properties":{"n":3}}`, 3)
}
