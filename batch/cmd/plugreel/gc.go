package main

import (
	"os"
	"runtime/debug"
)

const (
	// gcPercent trades memory, of which a replay needs little, for fewer collections.
	gcPercent = 800
	// memoryTarget is where the collector begins to work harder instead. It is no limit: a
	// plugin that needs more gets more.
	memoryTarget = 90 << 20
)

// tuneGC sets the collector up for a replay, unless the user has by GOGC or GOMEMLIMIT.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryTarget)
	}
}
