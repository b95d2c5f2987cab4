package sdk_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/sdk"
)

// TestForksStandAlone checks that a fork and what it was made of do not see each other's writes, that what was
// grafted is where it was put, and that none of it changes what earlier epochs were.
func TestForksStandAlone(t *testing.T) {
	type object struct {
		o *sdk.Object
		m map[string]any
	}
	rapid.Check(t, func(t *rapid.T) {
		e, err := sdk.NewArena().Event([]byte(rapid.SampledFrom([]string{pageview, `{}`, `{"properties":{"a":{"b":1},"l":[1,{}]},"s":"\u0061"}`, `{"a":{"x":1,"x":{"y":2}},"a":{"b":{}}}`}).Draw(t, "record")))
		require.NoError(t, err)
		whole := object{&e.Object, e.Get().Any().(map[string]any)}
		var free []object
		states := map[uint32]any{}
		for range rapid.IntRange(1, 4).Draw(t, "plugins") {
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
			free = nil
			for range r.IntN(8) {
				switch r.IntN(4) {
				case 0:
					edit(r, whole.o, whole.m)
				case 1:
					from, ok := whole.o.Get("properties").Object()
					if !ok || r.IntN(3) == 0 {
						from = whole.o
					}
					before := from.String()
					fork := from.Fork()
					free = append(free, object{fork, from.Get().Any().(map[string]any)})
					require.Equal(t, from.Clone().String(), fork.String(), "a fork is a clone")
					require.Equal(t, before, from.String())
				case 2:
					if len(free) > 0 {
						f := free[r.IntN(len(free))]
						edit(r, f.o, f.m)
					}
				case 3:
					if n := len(free); n > 0 {
						f := free[n-1]
						free = free[:n-1]
						require.True(t, whole.o.Graft("properties", f.o))
						require.False(t, whole.o.Graft("twice", f.o), "it is somebody's")
						whole.m["properties"] = f.m
						edit(r, f.o, f.m)
					}
				}
				require.Equal(t, whole.m, parsed(whole.o))
				require.Equal(t, whole.m, whole.o.Get().Any())
				for _, f := range free {
					require.Equal(t, f.m, parsed(f.o))
				}
			}
			states[e.Epoch()] = parsed(whole.o)
			if r.IntN(3) == 0 {
				heir := e.Heir(whole.o.Fork())
				require.NotNil(t, heir)
				e.Release()
				e, whole.o = heir, &heir.Object
				require.Equal(t, whole.m, parsed(&e.Object))
				whole.m = e.Get().Any().(map[string]any)
				states = map[uint32]any{e.Epoch(): states[e.Epoch()]}
			}
			e.Checkpoint()
		}
		for epoch, want := range states {
			require.Equal(t, want, parsed(sdk.RawValue(e.AppendStateJSON(nil, epoch))), "epoch %d", epoch)
		}
		e.Release()
		require.Panics(t, func() { e.Get("event") })
	})
}

func parsed(text json.Marshaler) (m map[string]any) {
	encoded, err := text.MarshalJSON()
	if err != nil {
		panic(err)
	}
	if err := json.Unmarshal(encoded, &m); err != nil {
		panic(err)
	}
	return m
}
