package lint

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSoundsSecret(t *testing.T) {
	tests := []struct {
		key, reason string
		want        bool
	}{
		{"apiKey", "", true},
		{"api_key", "", true},
		{"API Key", "", true},
		{"apikey", "in one word", true},
		{"APIKey", "capitals together are one word", true},
		{"projectApiKey", "", true},
		{"access_key", "", true},
		{"password", "", true},
		{"dbPassword", "", true},
		{"clientSecret", "", true},
		{"authToken", "", true},
		{"token2", "a number at the end does not count", true},
		{"key", "of anything", false},
		{"publicKey", "is meant to be known", false},
		{"keyPrefix", "", false},
		{"tokenType", "says something of a token", false},
		{"secretSanta", "", false},
		{"passwordless", "", false},
		{"events", "", false},
		{"", "", false},
		{"日本", "no letters that we know", false},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, soundsSecret(tt.key), "%q %s", tt.key, tt.reason)
	}
}

func TestNearest(t *testing.T) {
	hooks := []string{"processEvent", "onEvent", "setupPlugin"}
	tests := []struct{ got, want, reason string }{
		{"processEvents", "processEvent", "a letter too many"},
		{"ProcessEvent", "processEvent", "case does not count"},
		{"porcessEvent", "processEvent", "neighbours swapped"},
		{"onEvnt", "onEvent", "a letter missing"},
		{"setup", "", "more than a third is missing"},
		{"event", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, nearest(tt.got, hooks), "%q %s", tt.got, tt.reason)
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "ab", 2}, {"ab", "", 2}, {"ab", "ba", 1}, {"abc", "abd", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}}
	for _, tt := range tests {
		assert.Equal(t, tt.want, distance(tt.a, tt.b), "%s %s", tt.a, tt.b)
	}
}

// Filters name codes: one that goes, or changes its severity, breaks them.
func TestCodesAreStable(t *testing.T) {
	want := map[string]Severity{
		"load": Error, "run": Error, "hook-misspelt": Warning, "hook-retired": Warning, "hook-value": Error, "hook-parameters": Warning,
		"webhook-async": Warning, "config-undeclared": Warning, "config-unused": Warning, "secret-unmarked": Warning,
		"package-missing": Warning, "global-absent": Warning, "host-api": Warning, "slow-pattern": Notice, "cloud-language": Error,
		"cloud-storage": Error, "cloud-fetch": Error, "cloud-hooks": Error, "cloud-async": Error, "cloud-log": Error,
	}
	got := map[string]Severity{}
	for _, c := range Codes() {
		assert.NotEmpty(t, c.Meaning, c.Name)
		got[c.Name] = c.Severity
	}
	assert.Equal(t, want, got)
}

func TestProblemText(t *testing.T) {
	tests := []struct {
		p    Problem
		want string
	}{
		{Problem{Plugin: "./p", File: "./p/i.js", Line: 2, Column: 3, Message: "m", Suggestion: "s", Severity: Error, Code: "c"}, "./p/i.js:2:3: m; s (error, c)"},
		{Problem{Plugin: "./p", File: "./p/i.js", Line: 2, Message: "m", Severity: Warning, Code: "c"}, "./p/i.js:2: m (warning, c)"},
		{Problem{Plugin: "./p", Message: "m", Severity: Notice, Code: "c"}, "./p: m (notice, c)"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.p.String())
	}
}
