package main

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCompareLines(t *testing.T) {
	tests := []struct {
		name, want, got string
		result          comparison
	}{
		{"both empty", "", "", comparison{0, true, true, ""}},
		{"same bytes", "{}\n[1]\n", "{}\n[1]\n", comparison{2, true, true, ""}},
		{"last line without LF", "{}\n", "{}", comparison{1, true, false, ""}},
		{"order of members", `{"a":1,"b":{"c":2,"d":3}}`, `{"b":{"d":3,"c":2},"a":1}`, comparison{1, true, false, ""}},
		{"spelling of numbers", `[1.0,1e5,-0,0.10]`, `[1,100000,0,0.1]`, comparison{1, true, false, ""}},
		{"an integer that a float64 rounds", `12345678901234567890`, `12345678901234567000`, comparison{1, true, false, ""}},
		{"spelling of text", `"\u00e9\/"`, `"é/"`, comparison{1, true, false, ""}},
		{"a value deep inside", "{}\n" + `{"p":{"l":[{"x":1},{"x":2}]}}`, "{}\n" + `{"p":{"l":[{"x":1},{"x":3}]}}`,
			comparison{2, false, false, "line 2: .p.l[1].x: got 3, want 2"}},
		{"null is not nothing", `{"a":null}`, `{}`, comparison{1, false, false, "line 1: .a: got nothing, want null"}},
		{"a member too many", `{}`, `{"a":"b"}`, comparison{1, false, false, `line 1: .a: got "b", want nothing`}},
		{"another type", `{"a":"1"}`, `{"a":1}`, comparison{1, false, false, `line 1: .a: got 1, want "1"`}},
		{"another length", `[1]`, `[1,2]`, comparison{1, false, false, "line 1: : got [1,2], want [1]"}},
		{"not JSON", `{}`, `{`, comparison{1, false, false, "line 1: got is not JSON: unexpected end of JSON input"}},
		{"a line too few", "{}\n{}\n", "{}\n", comparison{1, false, false, "line 1: got the end, want another line"}},
		{"a line too many", "{}\n", "{}\n{}\n", comparison{2, false, false, "line 2: got a line, want the end"}},
		{"the first difference is told", "1\n2\n3\n", "1\n0\n0\n", comparison{3, false, false, "line 2: : got 0, want 2"}},
		{"a long value is cut off", `""`, `"` + strings.Repeat("x", 100) + `"`,
			comparison{1, false, false, `line 1: : got "` + strings.Repeat("x", 79) + `…, want ""`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := compareLines(strings.NewReader(tt.want), strings.NewReader(tt.got))
			require.NoError(t, err)
			assert.Equal(t, tt.result, got)
		})
	}
}

func TestCompareLinesReturnsTheReadersError(t *testing.T) {
	broken := errors.New("bad sector")
	_, err := compareLines(strings.NewReader("{}\n"), iotest.ErrReader(broken))
	assert.ErrorIs(t, err, broken)
	_, err = compareLines(iotest.ErrReader(broken), strings.NewReader("{}\n"))
	assert.ErrorIs(t, err, broken)
}
