package suite

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/testkit"
)

// Cases are tables: *_cases.yaml and *_cases.json in the plugin's directory.
type Cases struct{}

// Suites lists the tables.
func (Cases) Suites(t *Target) ([]Suite, error) {
	files, err := testkit.Tables(t.Dir)
	return suites(files, err, func(file string) Suite { return casesFile(file) })
}

// Scenarios are archives before and after: testdata/*.txtar in the plugin's directory.
type Scenarios struct{}

// Suites lists the scenarios.
func (Scenarios) Suites(t *Target) ([]Suite, error) {
	files, err := testkit.Scenarios(t.Dir)
	return suites(files, err, func(file string) Suite { return scenarioFile(file) })
}

func suites(files []string, err error, of func(string) Suite) ([]Suite, error) {
	var list []Suite
	for _, file := range files {
		list = append(list, of(file))
	}
	return list, err
}

type casesFile string

func (f casesFile) File() string { return string(f) }

func (f casesFile) Run(ctx context.Context, t *Target, o *Options, emit func(Test)) error {
	table, err := testkit.ReadTable(string(f))
	if err != nil {
		return err
	}
	for i, c := range table.Cases {
		if c.Name == "" {
			c.Name = fmt.Sprintf("case %d", i+1)
		}
		if !o.Selects(string(f), c.Name) {
			continue
		}
		test := Test{Name: c.Name, File: string(f), Line: lineOf(c.At), Status: Skipped, Message: c.Skip}
		if c.Skip == "" {
			var err error
			took := o.Timed(func() { err = testkit.Check(ctx, t.Plugin, c) })
			test = test.judged(err).Ended(took)
		}
		emit(test)
	}
	return nil
}

type scenarioFile string

func (f scenarioFile) File() string { return string(f) }

func (f scenarioFile) Run(ctx context.Context, t *Target, o *Options, emit func(Test)) error {
	s, err := testkit.ReadScenario(string(f))
	if err != nil || !o.Selects(string(f), s.Name()) {
		return err
	}
	test := Test{Name: s.Name(), File: string(f), Line: 1}
	took := o.Timed(func() {
		if o.Update {
			test.Updated, err = s.Update(ctx, t.Plugin)
		} else {
			err = s.Check(ctx, t.Plugin)
		}
	})
	emit(test.judged(err).Ended(took))
	return nil
}

// judged fills in how a test ended.
func (t Test) judged(err error) Test {
	var failure *testkit.Failure
	switch {
	case err == nil:
		t.Status = Passed
	case errors.As(err, &failure):
		t.Status, t.Message = Failed, failure.Details()
	default:
		t.Status, t.Message = Failed, err.Error()
	}
	return t
}

// lineOf is the line of "file:line", 0 if it names none.
func lineOf(at string) int {
	line, _ := strconv.Atoi(at[strings.LastIndexByte(at, ':')+1:])
	return line
}
