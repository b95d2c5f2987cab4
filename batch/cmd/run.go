package cmd

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/plugins"
)

// Main runs the command line of the process and ends it with the exit code. The compiled plugins
// are opened by their names, like the built-in ones.
func Main(compiled ...plugins.Compiled) { os.Exit(run(compiled)) }

// run is Main with deferred calls.
func run(compiled []plugins.Compiled) int {
	time.Local = time.UTC // plugins see it
	tuneGC()
	a := newApp(os.Stdin, os.Stdout, os.Stderr, compiled...)
	batch.WorkerMain(a.openSpec)   // does not return in a worker process
	signal.Ignore(syscall.SIGPIPE) // a reader of our output that goes away is a failed write
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		a.stops.listen(signals, cancel)
		signal.Stop(signals) // the next signal ends the process
	}()
	return a.main(ctx, os.Args[1:])
}
