package cmd

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// gcPercent trades memory, of which a replay needs little, for fewer collections.
	gcPercent = 800
	// memoryTarget is where the collector begins to work harder instead.
	memoryTarget = 80 << 20
	// targetCheck is how often the target is compared with what is in use.
	targetCheck = 250 * time.Millisecond
)

// tuneGC sets the collector up for a replay, unless the user has by GOGC or GOMEMLIMIT.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryTarget)
		go followMemory()
	}
}

// followMemory moves the target up for plugins that keep much: a target below what is in use
// would have the collector at work all the time.
func followMemory() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for range time.Tick(targetCheck) {
		metrics.Read(live)
		debug.SetMemoryLimit(max(memoryTarget, int64(live[0].Value.Uint64())*5/4+memoryTarget/2))
	}
}
