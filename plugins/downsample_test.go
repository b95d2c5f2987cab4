package plugins_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Of 2,000 people about as many stay as were asked for, and more with a greater share.
func TestDownsampleShares(t *testing.T) {
	var in bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&in, "{\"distinct_id\":\"person %d\"}\n", i)
	}
	t.Chdir(t.TempDir())
	p := open(t, "downsample")
	kept := map[int]string{}
	for _, percentage := range []int{5, 30, 80} {
		out, ok := replayed(t, chainOf(p.Program, fmt.Appendf(nil, `{"percentage":%d}`, percentage)), in.Bytes(), 1)
		assert.True(t, ok)
		kept[percentage] = out
		assert.InDelta(t, 20*percentage, strings.Count(out, "\n"), 60, "%d %%", percentage)
	}
	for line := range strings.Lines(kept[5]) {
		assert.Contains(t, kept[30], line)
	}
	for line := range strings.Lines(kept[30]) {
		assert.Contains(t, kept[80], line)
	}
}
