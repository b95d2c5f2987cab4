package ids_test

import (
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch/internal/ids"
	"github.com/plugreel/plugreel/sdk"
)

func of(text string) (ids.ID, bool) { return ids.Of(sdk.RawValue([]byte(text))) }

func TestOf(t *testing.T) {
	const uuid = `"018cc778-5458-7a95-965c-472a1753030c"`
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"case", uuid, `"018CC778-5458-7A95-965C-472A1753030C"`, true},
		{"dashes", uuid, `"018cc77854587a95965c472a1753030c"`, true},
		{"a digit", uuid, `"018cc778-5458-7a95-965c-472a1753030d"`, false},
		{"the first digit", uuid, `"118cc778-5458-7a95-965c-472a1753030c"`, false},
		{"dashes elsewhere make a text", uuid, `"018cc7785-458-7a95-965c-472a1753030c"`, false},
		{"texts", `"order-1"`, `"order-1"`, true},
		{"texts with case", `"order-1"`, `"Order-1"`, false},
		{"texts with escapes", `"order-1"`, `"\u006frder-1"`, true},
		{"no hexadecimal digit", uuid, `"018cc778-5458-7a95-965c-472a1753030g"`, false},
	} {
		a, ok := of(c.a)
		assert.True(t, ok, c.name)
		b, ok := of(c.b)
		assert.True(t, ok, c.name)
		assert.Equal(t, c.same, a == b, c.name)
	}
	for _, text := range []string{``, `null`, `""`, `5`, `{}`} {
		_, ok := of(text)
		assert.False(t, ok, text)
	}
}

func TestSetIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := map[string]bool{}
		s := ids.NewSet()
		for _, n := range rapid.SliceOf(rapid.IntRange(0, 3000)).Draw(t, "ids") {
			text := fmt.Sprintf(`"%032x"`, n*n*n) // 0 is the ID of all zeros
			id, _ := of(text)
			assert.Equal(t, want[text], s.Has(id))
			assert.Equal(t, !want[text], s.Add(id))
			want[text] = true
			assert.True(t, s.Has(id))
		}
		assert.EqualValues(t, len(want), s.Len())
	})
}

// many calls f with n different IDs that look like uuids of one moment.
func many(n int, f func(ids.ID)) {
	text := []byte(`"018cc77854587a95965c472a1753030c"`)
	for i := range n {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(i))
		copy(text[10:], fmt.Appendf(nil, "%x", b))
		id, _ := ids.Of(sdk.RawValue(text))
		f(id)
	}
}

func TestBytesPerID(t *testing.T) {
	const n = 500_000
	s := ids.NewSet()
	many(n, func(id ids.ID) { s.Add(id) })
	assert.EqualValues(t, n, s.Len())
	assert.Less(t, float64(s.Bytes())/n, 24.0)
	again := 0
	many(n, func(id ids.ID) {
		if !s.Add(id) {
			again++
		}
	})
	assert.Equal(t, n, again)
}

func BenchmarkAdd(b *testing.B) {
	s := ids.NewSet()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		text := fmt.Appendf(nil, `"%032x"`, i*7919)
		id, _ := ids.Of(sdk.RawValue(text))
		s.Add(id)
	}
	b.ReportMetric(float64(s.Bytes())/float64(s.Len()), "B/id")
}
