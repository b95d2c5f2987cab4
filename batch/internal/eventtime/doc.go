// Package eventtime reads the times that stand in event archives, and is the clock that
// plugins see in a replay.
//
// The front door is [Parse] and [Clock].
//
// # Vocabulary
//
//	base    the time of a record: the first of its members that is one; see [Keys]
//	read    one look at the clock; each moves it on by a microsecond within a hook call
//
// # What it refuses to do
//
// It knows no wall clock. It does not guess: a text that is not a whole date and time in
// the forms that Parse lists is no time.
//
// # Design notes
//
// The clock is a pure function of the record as it stands in the archive, so that a record
// gives the same output on every machine, after every resume and at any number of workers.
// Most plugins never ask for the time: the record is looked at when one does. It moves on with
// every read, so that a plugin that waits in a loop for time to pass comes to an end, and starts again
// with every hook call, so that what one plugin reads does not depend on another.
package eventtime
