//go:build !unix

package main

import "os"

// peakRSS is unknown here.
func peakRSS(*os.ProcessState) int64 { return 0 }

// ownPeakRSS is unknown here.
func ownPeakRSS() int64 { return 0 }
