// Command probe runs a Go program of one file through the plugin engine and prints what the
// program prints, or "refused: file:line:column: reason". It is the entry for conformance checks:
//
//	go run ./interp/internal/probe FILE.go
//
// The exit code is 2 after a panic, as that of a compiled program, and 3 if the program is refused.
// With -lowered it prints what the interpreter would be given.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing/fstest"

	"github.com/plugreel/plugreel/interp/internal/engine"
	"github.com/plugreel/plugreel/sdk"
)

const (
	exitPanic   = 2
	exitRefused = 3
	exitUsage   = 64
)

func main() {
	lowered := flag.Bool("lowered", false, "print the lowered program instead of running it")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: probe [-lowered] FILE.go")
		os.Exit(exitUsage)
	}
	os.Exit(run(flag.Arg(0), *lowered))
}

func run(name string, lowered bool) int {
	text, err := os.ReadFile(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitUsage
	}
	var out bytes.Buffer
	unit, err := engine.CompileMain(fstest.MapFS{"main.go": {Data: text}}, nil)
	switch {
	case err != nil:
	case lowered:
		out.WriteString(unit.Text())
	default:
		err = unit.RunMain(context.Background(), func(s string) { out.WriteString(s) })
	}
	return report(&out, err)
}

// report prints what a program has printed, unless it was refused, and returns the exit code.
func report(out *bytes.Buffer, err error) int {
	var load *sdk.LoadError
	if errors.As(err, &load) {
		fmt.Printf("refused: %v\n", err)
		return exitRefused
	}
	_, _ = os.Stdout.Write(out.Bytes())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitPanic
	}
	return 0
}
