//go:build race

package jsbridge_test

// The race detector makes everything ten times slower: see conformanceEvents.
func init() { raceDetector = true }
