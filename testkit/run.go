package testkit

import (
	"cmp"
	"context"
	"fmt"
	"testing"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// T is the part of *testing.T that Run needs. Run uses two more methods if t has them: Run, to make
// a subtest of every case, and Context, to end with the test.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Run replays the event of every case through the plugin at ref and reports to t where the outcome
// is not what the case wants. ref is what [plugins.Open] takes: "." for the directory of the test.
//
// Every case has an instance of its own, set up with the case's Config, and is a replay of one
// event: what holds for [batch.Run] with its default options holds here. A plugin that cannot be
// opened and a case that cannot be read, such as one whose In is no JSON, end the test or the
// subtest with t.Fatalf. If t has a method Run like that of *testing.T, every case is a subtest.
func Run(t T, ref string, cases []Case) {
	t.Helper()
	p, err := plugins.Open(ref, plugins.WithContext(contextOf(t)))
	if err != nil {
		t.Fatalf("%v", err)
		return
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Errorf("%s: %v", ref, err)
		}
	}()
	run(t, subject{p.Program, p.Manifest}, cases)
}

// RunProgram is [Run] for a plugin that is a Go value, such as one made by [sdk.Native]. There is
// no manifest, so that the plugin gets Case.Config as it is, without defaults.
func RunProgram(t T, program sdk.Program, cases []Case) {
	t.Helper()
	run(t, subject{program, &manifest.Manifest{Name: program.Info().Name}}, cases)
}

// subject is the plugin under test.
type subject struct {
	program  sdk.Program
	manifest *manifest.Manifest
}

func run(t T, s subject, cases []Case) {
	t.Helper()
	if len(cases) == 0 {
		t.Fatalf("%s: got no cases, want at least one", s.manifest.Name)
		return
	}
	parent, isParent := t.(interface {
		Run(name string, f func(*testing.T)) bool
	})
	for i, c := range cases {
		c.Name = cmp.Or(c.Name, fmt.Sprintf("case %d", i+1))
		if !isParent {
			s.check(t, c)
			continue
		}
		parent.Run(c.Name, func(t *testing.T) {
			t.Helper()
			s.check(t, c)
		})
	}
}

// check runs one case and reports.
func (s subject) check(t T, c Case) {
	t.Helper()
	want, err := c.read()
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
		return
	}
	got, err := s.replay(contextOf(t), c.Config, want.in)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
		return
	}
	if text := report(c, want, got); text != "" {
		t.Errorf("%s", text)
	}
}

func contextOf(t T) context.Context {
	if has, ok := t.(interface{ Context() context.Context }); ok {
		return has.Context()
	}
	return context.Background()
}
