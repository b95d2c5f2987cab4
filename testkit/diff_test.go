package testkit

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/sdk"
)

func TestDiff(t *testing.T) {
	tests := []struct {
		name, reason string
		want, got    string
		lines        []string
	}{
		{"same", "nothing differs", `{"a":1}`, `{"a":1}`, nil},
		{"order", "members have none that counts", `{"a":1,"b":[2]}`, `{"b":[2],"a":1}`, nil},
		{"number spelling", "a number is its float64", `{"a":1,"b":1e3}`, `{"a":1.0,"b":1000}`, nil},
		{"large integer", "JavaScript rounds above 2^53", `9007199254740993`, `9007199254740992`, nil},
		{"string spelling", "escapes do not count", `"\u00e9\/"`, `"é/"`, nil},
		{"duplicate member", "the last counts", `{"a":2}`, `{"a":1,"a":2}`, nil},
		{"literals", "", `[true,null,{},[]]`, `[true,null,{},[]]`, nil},
		{"changed", "", `{"a":{"b":1}}`, `{"a":{"b":2}}`, []string{"-a.b: 1", "+a.b: 2"}},
		{"missing", "", `{"a":1,"b":2}`, `{"a":1}`, []string{"-b: 2"}},
		{"extra", "", `{"a":1}`, `{"a":1,"b":{"c":2}}`, []string{`+b: {"c":2}`}},
		{"null is a value", "", `{"a":null}`, `{}`, []string{"-a: null"}},
		{"kind", "", `{"a":"1"}`, `{"a":1}`, []string{`-a: "1"`, "+a: 1"}},
		{"bool", "", `true`, `false`, []string{"-: true", "+: false"}},
		{"array", "elements compare by place", `[1,2,3]`, `[1,4]`, []string{"-[1]: 2", "+[1]: 4", "-[2]: 3"}},
		{"longer array", "", `{"a":[]}`, `{"a":[1]}`, []string{"+a[0]: 1"}},
		{"object for array", "", `{"a":[]}`, `{"a":{}}`, []string{"-a: []", "+a: {}"}},
		{"odd names", "quoted where a dot would be ambiguous", `{"a.b":{"$set":1}}`, `{"a.b":{"":2}}`, []string{`-["a.b"].$set: 1`, `+["a.b"][""]: 2`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.lines, diff(value(t, tt.want), value(t, tt.got)), tt.reason)
		})
	}
}

func value(t require.TestingT, text string) sdk.Value {
	v, err := sdk.ParseValue([]byte(text))
	require.NoError(t, err)
	return v
}

// Nothing differs from itself, and what differs one way differs the other way too.
func TestDiffIsSymmetric(t *testing.T) {
	texts := rapid.SampledFrom([]string{
		`null`, `0`, `-0.0`, `1e400`, `""`, `"a"`, `[]`, `[1,[2]]`, `{}`, `{"a":{"b":[1,{"c":null}]}}`, `{"a":{"b":[1,{}]}}`,
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := value(t, texts.Draw(t, "a")), value(t, texts.Draw(t, "b"))
		assert.Empty(t, diff(a, a))
		assert.Equal(t, len(diff(a, b)) == 0, len(diff(b, a)) == 0)
	})
}
