package manifest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearest(t *testing.T) {
	known := []string{"key", "name", "type", "default", "hint", "markdown", "required", "required_if", "posthogVersion"}
	tests := []struct{ Name, Reason, In, Want string }{
		{"case", "it is ignored", "Type", "type"},
		{"letter missing", "one slip", "defalt", "default"},
		{"letter too many", "one slip", "hintt", "hint"},
		{"letter replaced", "one slip", "nane", "name"},
		{"letters swapped", "one slip, not two", "tpye", "type"},
		{"separator", "one slip, and case", "posthog_version", "posthogVersion"},
		{"three slips in a long name", "the most that is allowed", "reqired_f", "required_if"},
		{"four slips", "too many", "markd", ""},
		{"two slips in a short name", "too many", "mane1", ""},
		{"one letter", "it is near everything", "k", ""},
		{"empty", "nothing was meant", "", ""},
		{"the name itself", "it is no suggestion", "key", ""},
		{"long", "nobody mistyped it", strings.Repeat("key", 100), ""},
		{"long runes", "nobody mistyped it", strings.Repeat("é", 70), ""},
		{"other", "nothing is near", "logo", ""},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			assert.Equal(t, tt.Want, nearest(tt.In, known), tt.Reason)
		})
	}
	assert.Equal(t, "ab1", nearest("abc", []string{"ab1", "ab2"}), "the first of equals")
}

func TestDistance(t *testing.T) {
	tests := []struct {
		A, B        string
		Limit, Want int
	}{
		{"", "", 9, 0},
		{"abc", "", 9, 3},
		{"kitten", "sitting", 9, 3},
		{"ab", "ba", 9, 1},
		{"ca", "abc", 9, 3}, // each place is edited once
		{"kitten", "sitting", 2, 2},
		{"a", "abcdef", 3, 3},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.Want, distance([]rune(tt.A), []rune(tt.B), tt.Limit), "%q %q", tt.A, tt.B)
		assert.Equal(t, tt.Want, distance([]rune(tt.B), []rune(tt.A), tt.Limit), "%q %q", tt.B, tt.A)
	}
}
