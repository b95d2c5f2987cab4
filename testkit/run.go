package testkit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// T is the part of *testing.T that Run needs. Run uses more methods if t has them: Run, to make
// a subtest of every case, Skip, and Context, to end with the test.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Run replays the events of every case through the plugin at ref and reports to t where the outcome
// is not what the case wants. ref is what [plugins.Open] takes: "." for the directory of the test.
//
// Every case has an instance of its own, set up with the case's Config, and is a replay of its
// events: what holds for [batch.Run] with its default options holds here. A plugin that cannot be
// opened and a case that cannot be read, such as one whose In is no JSON, end the test or the
// subtest with t.Fatalf. If t has a method Run like that of *testing.T, every case is a subtest.
func Run(t T, ref string, cases []Case) {
	t.Helper()
	p := open(t, ref)
	if p == nil {
		return
	}
	defer closing(t, p)
	run(t, p, cases)
}

// RunProgram is [Run] for a plugin that is a Go value, such as one made by [sdk.Native]. There is
// no manifest, so that the plugin gets Case.Config as it is, without defaults.
func RunProgram(t T, program sdk.Program, cases []Case) {
	t.Helper()
	run(t, compiled(program), cases)
}

// compiled is a plugin without files.
func compiled(program sdk.Program) *plugins.Plugin {
	name := program.Info().Name
	return &plugins.Plugin{Ref: name, Name: name, Manifest: &manifest.Manifest{Name: name}, Program: program}
}

// open opens a plugin; nil if t has been told why that cannot be.
func open(t T, ref string) *plugins.Plugin {
	t.Helper()
	p, err := plugins.Open(ref, plugins.WithContext(contextOf(t)))
	if err != nil {
		t.Fatalf("%v", err)
		return nil
	}
	return p
}

func closing(t T, p *plugins.Plugin) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Errorf("%s: %v", p.Ref, err)
	}
}

func run(t T, p *plugins.Plugin, cases []Case) {
	t.Helper()
	if len(cases) == 0 {
		t.Fatalf("%s: got no cases, want at least one", p.Name)
		return
	}
	for i, c := range cases {
		c.Name = cmp.Or(c.Name, fmt.Sprintf("case %d", i+1))
		subtest(t, c.Name, func(t T) {
			t.Helper()
			if skipped(t, c.Skip) {
				return
			}
			tell(t, Check(contextOf(t), p, c))
		})
	}
}

// subtest runs f as a subtest if t can have some.
func subtest(t T, name string, f func(T)) {
	t.Helper()
	parent, ok := t.(interface {
		Run(name string, f func(*testing.T)) bool
	})
	if !ok {
		f(t)
		return
	}
	parent.Run(name, func(t *testing.T) { t.Helper(); f(t) })
}

// skipped skips a test that has a reason to be.
func skipped(t T, reason string) bool {
	t.Helper()
	if skipper, ok := t.(interface{ Skip(...any) }); ok && reason != "" {
		skipper.Skip(reason)
	}
	return reason != ""
}

// tell reports what a check has found.
func tell(t T, err error) {
	t.Helper()
	var failure *Failure
	switch {
	case err == nil:
	case errors.As(err, &failure):
		t.Errorf("%v", failure)
	default:
		t.Fatalf("%v", err)
	}
}

func contextOf(t T) context.Context {
	if has, ok := t.(interface{ Context() context.Context }); ok {
		return has.Context()
	}
	return context.Background()
}
