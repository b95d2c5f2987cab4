package shape_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

func TestLookup(t *testing.T) {
	for _, c := range []struct {
		name, record string
		path         []string
		want         string
	}{
		{"a member", `{"distinct_id":"d"}`, []string{"distinct_id"}, `"d"`},
		{"upper case", `{"DISTINCT_ID":"d"}`, []string{"distinct_id"}, `"d"`},
		{"a property", `{"properties":{"a":{"b":1}}}`, []string{"properties", "a", "b"}, `1`},
		{"a name with points", `{"properties":{"a.b":1}}`, []string{"properties", "a", "b"}, `1`},
		{"properties as text", `{"PROPERTIES":"{\"a\":1}"}`, []string{"properties", "a"}, `1`},
		{"no properties", `{"properties":"oops"}`, []string{"properties", "a"}, ``},
		{"nothing", `{}`, []string{"properties", "a"}, ``},
	} {
		e, err := sdk.NewEvent([]byte(c.record))
		require.NoError(t, err)
		assert.Equal(t, c.want, shape.Lookup(e, c.path).String(), c.name)
	}
}
