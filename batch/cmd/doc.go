// Package cmd is the command line of plugreel: what cmd/plugreel runs, and what programs that
// plugreel build makes run with more plugins.
//
// The front door is [Main].
//
// # Vocabulary
//
//	app         the command line with the streams it talks to
//	entry       one plugin of a chain before it is opened
//	link        an entry that is opened
//	world       what plugins see besides their events: clock, seed, network, state
//	screen      what a person sees of a replay
//	side        one of the two chains of a diff
//
// # Design notes
//
// What concerns the whole process is decided here and nowhere else: the time zone, the
// garbage collector, signals, standard streams and the exit code. Packages below do not know them.
package cmd
