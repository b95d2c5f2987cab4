//go:build race

package batch_test

// The race detector takes more memory than any limit allows.
const (
	raceEnabled = true
	testMemory  = -1
)
