// Package state is what plugins remember from one event to the next: storage and cache.
//
// The front door is [New], which makes a [State] in memory, and [Open], which keeps one in a file;
// [State.Storage] and [State.Cache] are what a plugin is given.
//
// # Vocabulary
//
//	scope     whose values they are: a plugin of a chain for storage, a plugin's name for cache
//	clock     the run's clock: it never goes back, and decides what has expired
//
// # What it refuses to do
//
// It does not evict. A cache entry goes when its time is over, and a plugin that stores without
// end fills the memory.
//
// # Design notes
//
// A file is read whole when it is opened and changed only by [State.Commit], in one transaction: a
// run that dies leaves it as it was, and what is in it always belongs to the end of a run. The
// clock is kept too, so that what had expired stays expired.
//
// One lock guards all. An operation is a few map accesses, and only chains that keep state use
// it, which run on one worker unless the user asks otherwise.
package state
