//go:build unix

package plugins_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
)

// A named pipe would keep whoever opens it waiting.
func TestOpenReadsRegularFilesOnly(t *testing.T) {
	root := dir(t, "pipes", map[string]string{"index.js": minimalSource})
	pipe := filepath.Join(root, "plugin.json")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	_, err := plugins.Open(root)
	assert.ErrorContains(t, err, "pipes: plugin.json: got a device, pipe or socket, want a regular file")
	_, err = plugins.Open(pipe)
	assert.ErrorContains(t, err, "got a device, pipe or socket")
}
