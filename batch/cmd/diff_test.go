package cmd

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/diff"
)

// TestReadmeDiff runs the comparison that the README shows.
func TestReadmeDiff(t *testing.T) {
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```(sh|text) diff\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	require.Len(t, blocks, 2)
	var args []string
	for _, word := range regexp.MustCompile(`'[^']*'|\S+`).FindAllString(blocks[0][2], -1)[1:] {
		args = append(args, strings.Trim(word, "'"))
	}
	var stdout, stderr bytes.Buffer
	code := newApp(strings.NewReader(""), &stdout, &stderr).main(context.Background(), args)
	assert.Equal(t, exitOK, code, &stderr)
	assert.Equal(t, blocks[1][2], stdout.String())
}

// Colour adds nothing but colour, and what comes from the archive cannot add any.
func TestDiffTextInColour(t *testing.T) {
	r := &diff.Report{
		Old: diff.Side{Chain: "a"}, New: diff.Side{Chain: "b"},
		Counts: diff.Counts{Tally: diff.Tally{Records: 3, Changed: 1, NewlyDropped: 1, NewlyFailing: 1, Webhooks: 1}},
		Paths: []diff.Path{{Path: "x\x1b[0m", Added: 1, Changed: 2, Examples: []diff.PathSample{
			{Place: diff.Place{Source: "s", Line: 3}, Change: diff.Change{Kind: diff.KindChanged, Before: "1", After: "\u009b31m"}},
			{UUID: "u", Change: diff.Change{Kind: diff.KindAdded, After: strings.Repeat("é", 200)}},
		}}},
		Webhooks: []diff.Webhook{{Plugin: "p\u202e", Changed: 1, Body: 1}},
		Examples: []diff.Example{{Event: "e\n", NewFailure: "p: no\r"}},
	}
	plain, coloured := diffText(r, palette{}), diffText(r, palette{on: true})
	assert.Equal(t, string(plain), regexp.MustCompile(`\x1b\[\d*m`).ReplaceAllString(string(coloured), ""))
	assert.Contains(t, string(coloured), "\x1b[31m")
	assert.NotContains(t, string(plain), "\x1b")
	for _, want := range []string{`x\u001b[0m`, `1 → \u009b31m  s:3`, "+ " + strings.Repeat("é", 100) + "…  u", `p\u202e  body 1`, `p: no\u000d  e\u000a`} {
		assert.Contains(t, string(plain), want)
	}
}

// Longer lists than anybody reads are cut off, and say so.
func TestDiffTextIsShort(t *testing.T) {
	r := &diff.Report{}
	for range 40 {
		r.Paths = append(r.Paths, diff.Path{Path: "p", Added: 1})
		r.Events = append(r.Events, diff.Group{Tally: diff.Tally{Records: 1, Changed: 1}})
	}
	text := string(diffText(r, palette{}))
	assert.Contains(t, text, "  and 10 more; --json and --html have them all")
	assert.Contains(t, text, "  and 30 more; --json and --html have them all")
	assert.Contains(t, text, "(none)")
}
