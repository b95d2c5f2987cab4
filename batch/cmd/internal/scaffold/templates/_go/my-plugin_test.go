package myplugin_test

import (
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

// The tests beside the plugin, interpreted as plugreel test runs them.
func TestPlugin(t *testing.T) { testkit.RunFiles(t, ".") }
