package cmd

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/batch/geoip"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/manifest"
)

// worldFlags are the flags that say what plugins see of the world.
type worldFlags struct {
	clock, clockStart, seed, geoip, state, cassette string
	allowNet                                        []string
}

func (f *worldFlags) define(cmd *cobra.Command) {
	f.defineStateless(cmd)
	cmd.Flags().StringVar(&f.state, "state", "", "`FILE` that keeps what plugins store and cache from one replay to the next; made if it is not there")
}

// defineStateless is define without what is kept from one run to the next.
func (f *worldFlags) defineStateless(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.clock, "clock", "event", "event: plugins see each event's own time, so that a replay gives the same on every run; real: the machine's clock")
	flags.StringVar(&f.clockStart, "clock-start", "", "`TIME` that plugins see with events that have none, as 2024-01-31T00:00:00Z (default 1970-01-01)")
	flags.StringVar(&f.seed, "seed", "0", "`NUMBER` behind Math.random and the like; the same gives the same values; random for other ones on every run")
	flags.StringVar(&f.geoip, "geoip", "", "`FILE`, a MaxMind city database (.mmdb), in which meta.geoip finds addresses")
	flags.StringArrayVar(&f.allowNet, "allow-net", nil, "`HOST[:PORT]` that plugins may fetch from, or *.DOMAIN; give it again for another. Without it no connection is opened")
	flags.StringVar(&f.cassette, "cassette", "", "`FILE` that keeps what plugins fetch, for later replays without the network; secrets are covered")
	_ = cmd.RegisterFlagCompletionFunc("clock", cobra.FixedCompletions([]string{"event", "real"}, cobra.ShellCompDirectiveNoFileComp))
}

// world is what plugins see of the world, besides their events.
type world struct {
	realClock  bool
	clockStart time.Time
	seed       uint64
	geoip      *geoip.Database
	state      *state.State
	fetch      *fetch.Client
	cassette   string // its file
}

// open reads the flags and opens what they name. Secrets are those of the chain.
func (f *worldFlags) open(secrets *manifest.Redactor) (*world, error) {
	w := &world{realClock: f.clock == "real", cassette: f.cassette}
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
			return nil, errors.Join(usagef("--state: %v", err), w.close())
		}
	}
	if len(f.allowNet) > 0 || f.cassette != "" {
		w.fetch, err = fetch.New(fetch.Options{Allow: f.allowNet, Cassette: f.cassette, Redact: secrets.Redact})
		if err != nil {
			return nil, errors.Join(usageError{err}, w.close())
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
	if w.fetch != nil {
		o.Fetcher = w.fetch
	}
	o.State = w.state
}

// close writes the cassette and lets go of files.
func (w *world) close() error {
	var errs []error
	if w.geoip != nil {
		errs = append(errs, w.geoip.Close())
	}
	if w.state != nil {
		errs = append(errs, w.state.Close()) // a run that finished has committed it
	}
	if w.fetch != nil {
		if err := w.fetch.Close(); err != nil {
			errs = append(errs, &batch.IOError{Op: "write", Path: w.cassette, Err: err})
		}
	}
	return errors.Join(errs...)
}

// unrecorded says that a cassette lacks answers that the replay was given.
func (s *screen) unrecorded(w *world) {
	if w.fetch == nil || w.cassette == "" {
		return
	}
	if n := w.fetch.Counts().Unrecorded; n > 0 {
		s.line("%s failed or said to try again and %s not in %s; another replay asks again", count(int64(n), "fetch"), wasWere(int64(n)), w.cassette)
	}
}

func wasWere(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
