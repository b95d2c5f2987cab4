package cmd

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/plugreel/plugreel/batch"
)

// stops tells a replay to come to an end, when the user asks for it.
type stops struct {
	mu    sync.Mutex
	begun chan struct{} // of a replay that wants to be asked first; nil if there is none
}

func newStops() *stops { return &stops{} }

// polite returns what is closed when the replay is to come to an end by itself. From then on the
// first signal asks, and the second stops.
func (s *stops) polite() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begun = make(chan struct{})
	return s.begun
}

// listen waits for signals and does what they say, until there is nothing more to be stopped.
func (s *stops) listen(signals <-chan os.Signal, cancel func()) {
	<-signals
	if s.ask() {
		<-signals
	}
	cancel()
}

// ask asks a replay to come to an end, if there is one.
func (s *stops) ask() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begun == nil {
		return false
	}
	close(s.begun)
	return true
}

// unfinishedError is the end of a replay that can be gone on with.
type unfinishedError struct{ err error }

const advice = "the same command with --resume goes on"

func (e unfinishedError) Error() string { return fmt.Sprintf("%v; %s", e.err, advice) }
func (e unfinishedError) Unwrap() error { return e.err }

// refused says that a replay did not begin, and that the same command would be refused again.
func refused(err error) bool {
	var usage *batch.UsageError
	return errors.As(err, &usage)
}

// interrupted is what is said after a signal.
func interrupted(err error) error {
	const text = "interrupted; no output has its final name"
	var unfinished unfinishedError
	if errors.As(err, &unfinished) {
		return fmt.Errorf("%s; %s", text, advice)
	}
	return errors.New(text)
}

// shardVar is a flag for a part of a replay.
type shardVar struct{ *batch.Shard }

// Set reads I/N.
func (v shardVar) Set(s string) error { return v.UnmarshalText([]byte(s)) }

// String prints what was set, nothing for the whole.
func (v shardVar) String() string {
	if v.Shard == nil || *v.Shard == (batch.Shard{}) {
		return ""
	}
	return v.Shard.String()
}

// Type names the value in the help.
func (v shardVar) Type() string { return "I/N" }
