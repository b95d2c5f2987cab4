package lint

import (
	"context"
	"errors"
	"io"
	"regexp"
	"strconv"
	"time"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// Limits of Run: a plugin that needs more on a sample is worth a look.
const (
	RunTimeout = time.Second
	RunHeap    = 256 << 20
	RunRecords = 1000
)

// Run takes sample events through a plugin, configured as chain says, and returns a problem for
// each kind of failure, with the report of the replay. Nothing is written or fetched.
//
// Errors: *[batch.IOError] if the sample cannot be read, *[batch.UsageError], ctx's. A plugin that
// does not set up is a problem.
func Run(ctx context.Context, p *plugins.Plugin, chain batch.Chain, src batch.Source) ([]Problem, batch.Report, error) {
	o := batch.Options{Workers: 1, Timeout: RunTimeout, MaxHeap: RunHeap, Limit: RunRecords}
	report, err := batch.Run(ctx, chain, src, batch.Writer(io.Discard), o)
	var system *batch.IOError
	var usage *batch.UsageError
	switch {
	case ctx.Err() != nil, errors.As(err, &system), errors.As(err, &usage):
		return nil, report, err
	case err != nil:
		return []Problem{failure(p, report.Error, "")}, report, nil
	}
	return failures(p, report), report, nil
}

// failures lists the samples of failed hooks, one for each text.
func failures(p *plugins.Plugin, report batch.Report) []Problem {
	var list []Problem
	seen := map[string]bool{}
	for _, plugin := range report.Plugins {
		for _, hook := range sdk.HookNames() {
			h := plugin.Hooks[hook]
			if h == nil {
				continue
			}
			for _, s := range h.Samples {
				if seen[hook+s.Error] {
					continue
				}
				seen[hook+s.Error] = true
				problem := failure(p, hook+": "+s.Error, s.Stack)
				problem.Suggestion = "event " + s.Source + ":" + strconv.FormatInt(s.Line, 10)
				list = append(list, problem)
			}
		}
	}
	return sorted(list)
}

// sourcePlace matches a position in a plugin's source.
var sourcePlace = regexp.MustCompile(`([\w@./-]+\.(?:[cm]?[jt]s|go)):(\d+)(?::(\d+))?`)

// failure is a problem with the place that its text, or else its stack, names.
func failure(p *plugins.Plugin, text, stack string) Problem {
	problem := Problem{Plugin: p.Ref, Code: codeRun, Severity: Error, Message: text}
	for _, where := range []string{text, stack} {
		if m := sourcePlace.FindStringSubmatch(where); m != nil {
			problem.File = inPlugin(p.Ref, m[1])
			problem.Line, _ = strconv.Atoi(m[2])   // digits
			problem.Column, _ = strconv.Atoi(m[3]) // digits, or none
			break
		}
	}
	return problem
}
