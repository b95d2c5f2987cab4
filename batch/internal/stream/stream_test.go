package stream_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/batch/internal/stream"
)

func numbers(seed uint64, plugin, hook, record string) [2]uint64 {
	s := stream.Stream{Seed: seed, Plugin: plugin}
	s.Call("other", []byte("other"))
	s.Uint64()
	s.Call(hook, []byte(record))
	return [2]uint64{s.Uint64(), s.Uint64()}
}

func TestStreamIsKeyed(t *testing.T) {
	base := numbers(1, "p", "h", "r")
	assert.Equal(t, base, numbers(1, "p", "h", "r"), "the same call, the same numbers")
	assert.NotEqual(t, base[0], base[1])
	for name, other := range map[string][2]uint64{
		"seed":     numbers(2, "p", "h", "r"),
		"plugin":   numbers(1, "q", "h", "r"),
		"hook":     numbers(1, "p", "i", "r"),
		"record":   numbers(1, "p", "h", "s"),
		"boundary": numbers(1, "ph", "", "r"),
	} {
		assert.NotEqual(t, base, other, name)
	}
}

func TestStreamIsTheSameOnEveryMachine(t *testing.T) {
	assert.Equal(t, [2]uint64{0x53a8b39dd0d48e, 0x7316153fb947f43b}, numbers(0, "", "", ""), "written down once")
}
