// Command plugreel replays event archives through plugins, offline.
//
//	plugreel replay -p ./my-plugin events.ndjson.gz -o out.ndjson
//	plugreel validate ./my-plugin
//	plugreel new my-plugin
//	plugreel test ./my-plugin
//
// Results go to files or standard output, everything else to standard error. The exit code is
// 0 if every record was written or dropped by a plugin, 1 if a hook failed, there was a dead
// letter or a webhook was not delivered, 2 if the command, a manifest, the configuration or a
// plugin is wrong, 3 if the system failed, and 130 after an interruption; of several the last one
// listed counts.
//
// # Design notes
//
// What concerns the whole process is decided here and nowhere else: the time zone, the
// garbage collector, signals, standard streams and the exit code. Packages below do not know them.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/plugreel/plugreel/batch"
)

func main() {
	os.Exit(run())
}

// run is main with deferred calls.
func run() int {
	time.Local = time.UTC // plugins see it
	tuneGC()
	batch.WorkerMain(openSpec)     // does not return in a worker process
	signal.Ignore(syscall.SIGPIPE) // a reader of our output that goes away is a failed write
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	return a.main(ctx, os.Args[1:])
}
