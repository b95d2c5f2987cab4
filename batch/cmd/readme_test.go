package cmd

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadmeShowsAnInspection runs the inspect command that the README shows.
func TestReadmeShowsAnInspection(t *testing.T) {
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```text inspect\n\\$ plugreel (.*?)\n(.*?)```").FindSubmatch(readme)
	require.NotNil(t, block)
	var stdout, stderr bytes.Buffer
	a := newApp(strings.NewReader(""), &stdout, &stderr)
	require.Equal(t, exitOK, a.main(t.Context(), strings.Fields(string(block[1]))), stderr.String())
	shown, rest, found := strings.Cut(string(block[2]), "...\n")
	require.True(t, found)
	assert.True(t, strings.HasPrefix(stdout.String(), shown), "%s", stdout.String())
	assert.True(t, strings.HasSuffix(stdout.String(), rest), "%s", stdout.String())
}
