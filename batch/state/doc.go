// Package state is what plugins remember from one event to the next: storage and cache.
//
// The front door is [New], which makes a [State] in memory; [State.Storage] and [State.Cache] are
// what a plugin is given.
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
// One lock guards all. An operation is a few map accesses, and only chains that keep state use
// it, which run on one worker unless the user asks otherwise.
package state
