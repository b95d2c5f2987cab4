package page

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		want                halves
	}{
		{"the middle", `"/old/path"`, `"/new/path"`, halves{`"/`, "old", "new", `/path"`}},
		{"nothing in common", "1", "2", halves{"", "1", "2", ""}},
		{"one inside the other", "aa", "a", halves{"a", "a", "", ""}},
		{"from nothing", "", "a", halves{"", "", "a", ""}},
		{"half a character in common at the beginning", "é", "è", halves{"", "é", "è", ""}},
		{"half a character in common at the end", "é!", "ũ!", halves{"", "é", "ũ", "!"}},
		{"the same", "a", "a", halves{"a", "", "", ""}},
	} {
		assert.Equal(t, c.want, split(c.before, c.after), c.name)
	}
}

func TestPretty(t *testing.T) {
	assert.Equal(t, "{\n  \"a\": 1.0\n}", pretty(`{"a":1.0}`))
	assert.Equal(t, `{"a":"cut…`, pretty(`{"a":"cut…`), "what is no JSON stays")
}
