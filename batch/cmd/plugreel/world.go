package main

import (
	"crypto/rand"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/geoip"
	"github.com/plugreel/plugreel/batch/state"
)

// worldFlags are the flags that say what plugins see of the world.
type worldFlags struct {
	clock, clockStart, seed, geoip, state string
}

func (f *worldFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.clock, "clock", "event", "event: plugins see each event's own time, so that a replay gives the same on every run; real: the machine's clock")
	flags.StringVar(&f.clockStart, "clock-start", "", "`TIME` that plugins see with events that have none, as 2024-01-31T00:00:00Z (default 1970-01-01)")
	flags.StringVar(&f.seed, "seed", "0", "`NUMBER` behind Math.random and the like; the same gives the same values; random for other ones on every run")
	flags.StringVar(&f.geoip, "geoip", "", "`FILE`, a MaxMind city database (.mmdb), in which meta.geoip finds addresses")
	flags.StringVar(&f.state, "state", "", "`FILE` that keeps what plugins store and cache from one replay to the next; made if it is not there")
	_ = cmd.RegisterFlagCompletionFunc("clock", cobra.FixedCompletions([]string{"event", "real"}, cobra.ShellCompDirectiveNoFileComp))
}

// world is what plugins see of the world, besides their events.
type world struct {
	realClock  bool
	clockStart time.Time
	seed       uint64
	geoip      *geoip.Database
	state      *state.State
}

// open reads the flags and opens what they name.
func (f *worldFlags) open() (*world, error) {
	w := &world{realClock: f.clock == "real"}
	if !w.realClock && f.clock != "event" {
		return nil, usagef("--clock: got %q, want event or real", f.clock)
	}
	var err error
	if w.seed, err = readSeed(f.seed); err != nil {
		return nil, err
	}
	if f.clockStart != "" {
		if w.clockStart, err = time.Parse(time.RFC3339, f.clockStart); err != nil {
			return nil, usagef("--clock-start: got %q, want a time such as 2024-01-31T00:00:00Z", f.clockStart)
		}
	}
	if f.geoip != "" {
		if w.geoip, err = geoip.Open(f.geoip); err != nil {
			return nil, usagef("--geoip: %v", err)
		}
	}
	if f.state != "" {
		if w.state, err = state.Open(f.state); err != nil {
			w.close()
			return nil, usagef("--state: %v", err)
		}
	}
	return w, nil
}

// readSeed reads a number, or makes one that nobody can guess.
func readSeed(text string) (uint64, error) {
	if text == "random" {
		var b [8]byte
		_, _ = rand.Read(b[:]) // never fails
		return binary.LittleEndian.Uint64(b[:]), nil
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, usagef("--seed: got %q, want a whole number or random", text)
	}
	return seed, nil
}

// lend puts the world into the options of a replay.
func (w *world) lend(o *batch.Options) {
	o.RealClock, o.ClockStart, o.Seed = w.realClock, w.clockStart.UTC(), w.seed
	if w.clockStart.IsZero() {
		o.ClockStart = time.Time{}
	}
	if w.geoip != nil {
		o.GeoIP = w.geoip
	}
	o.State = w.state
}

func (w *world) close() {
	if w.geoip != nil {
		_ = w.geoip.Close()
	}
	if w.state != nil {
		_ = w.state.Close() // a run that finished has committed it
	}
}
