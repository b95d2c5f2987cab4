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
// A file is read whole when it is opened and changed only by [State.Commit] and [State.CommitDelta], in
// one transaction each: a run that dies leaves it as its last commit has. A commit has a stamp, by
// which a run that is resumed finds out which of its checkpoints the file belongs to. What a chunk has
// changed is taken when the chunk is done, and committed with the checkpoint that covers it, while
// later chunks already change more. The clock is kept too, so that what had expired stays expired.
//
// One lock guards all. An operation is a few map accesses, and only chains that keep state use
// it, which run on one worker unless the user asks otherwise.
package state
