// Package output writes the files of a replay so that a name is there only when the whole
// content is.
//
// The front door is [Begin], which takes a lock and makes a staging directory, [Stage.File],
// which adds a file to the set, and [Stage.Publish], [Stage.Discard] or [Stage.Leave], one of which
// ends it. [FormatOf] reads an output path, [Encoder] compresses chunks, or makes pages of Parquet of
// them, in the workers.
//
//	stage, err := output.Begin(nil, "out.ndjson.gz", output.Options{})
//	defer stage.Discard()
//	part, err := stage.File(output.Spec{Name: "part", Final: "out.ndjson.gz", Codec: output.Gzip, Main: true})
//	dead, err := stage.File(output.Spec{Name: "dead", Final: "out.dead.ndjson"})
//	…
//	err = stage.Publish()
//
// # Vocabulary
//
//	staging directory  OUT.plugreel/, beside OUT; it exists while a run is unfinished
//	final name         the path that a file has once the run has succeeded
//	main file          the output proper; it is published even when it is empty
//	side file          dead letters, webhooks, logs; it exists only if something was written
//	cut                a moment to which all files can go back; a mark is how far one of them was
//	unit               a gzip member or zstd frame; each chunk is one, so every chunk end is a place to cut;
//	                   in Parquet, the pages of a chunk, where there is no such place
//	stale              left by an earlier run: a staging directory without a lock on it, or a side file
//
// # What is promised
//
// A file under a final name is whole: it has been written, fsynced and closed before it was
// renamed. Side files get their names before main files, so a main file says that all is
// there. Until its own rename an earlier file of that name is as it was.
//
// A side file to which this run has written nothing is removed at its final name, if an
// earlier run has left one: a reader must not take old dead letters for this run's. It goes
// just before the main files come. This holds for every side file that was added with
// [Stage.File], so a caller adds those that it may not need, too.
//
// Two runs with the same output exclude each other by a lock (flock) on OUT.plugreel/lock,
// which the operating system drops when a process dies. What a dead run has left is
// discarded by the next one, unless that keeps and restores it; [Stage.Stale] tells. The file
// LedgerName, of which this package knows no more, is the last thing to be removed.
//
// # What it refuses
//
// Final names that are directories, devices or pipes, since a rename would replace them; two
// files with one final name; a directory OUT.plugreel that is not a staging directory. A
// final name that is a symbolic link is replaced by the file; what it points to stays.
//
// # Design notes
//
// Everything goes through [FS], because the promise above is about what happens when a
// write, an fsync or a rename fails, and only an injected failure can test that; see
// package faultfs. A package that writes one file atomically does not fit: several files
// become visible together here, and the staging directory has a name that a resumed run
// can find.
//
// [Stage.Cut] marks what has been handed to the operating system, and [Cut.Sync] waits for the disk
// while writing goes on. [Stage.Restore] cuts the files of a dead run back to their marks: it has the
// lengths only, and no byte behind them counts. Brotli and Parquet are the exceptions: one is a stream
// whose encoder cannot be taken up again, the other ends with a list of all that is in it. A file of
// either cannot be cut while it is written.
//
// A side file may have its final name on another file system, where a rename cannot go. It
// is then copied next to its final name, fsynced, and renamed there.
//
// Compression levels favour speed. Per core, for 1 MiB of events: gzip level 3 240 MB/s
// to 22 % (level 6: 140 MB/s to 21 %), zstd fastest 330 MB/s to 20 % (default: 180 MB/s to
// 21 %), brotli level 1 of the newer encoder 200 MB/s to 20 %.
package output
