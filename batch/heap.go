package batch

import (
	"errors"
	"runtime/metrics"

	"github.com/plugreel/plugreel/batch/internal/watchdog"
)

// ErrMemory is the cause of a hook call that was stopped because the heap had grown beyond
// Options.MaxHeap while it ran.
var ErrMemory = errors.New("the heap grew beyond its limit while the hook ran")

// heap is what the watchdog is told about memory.
func (o *Options) heap() watchdog.Heap {
	if o.MaxHeap < 0 {
		return watchdog.Heap{}
	}
	return watchdog.Heap{Max: uint64(o.MaxHeap), Read: heapBytes, Cause: ErrMemory}
}

// heapBytes is the memory that objects take, dead ones that are not collected yet included.
func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
