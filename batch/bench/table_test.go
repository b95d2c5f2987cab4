package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMedian(t *testing.T) {
	tests := []struct {
		name    string
		samples []sample
		want    sample
	}{
		{"none", nil, sample{}},
		{"one", []sample{{1, 2, 3, 4}}, sample{1, 2, 3, 4}},
		{"odd: each figure by itself", []sample{{1, 9, 20, 4}, {5, 7, 10, 6}, {3, 8, 30, 5}}, sample{3, 8, 20, 5}},
		{"even: the mean of the middle", []sample{{1, 1, 1, 1}, {2, 2, 2, 2}, {4, 4, 4, 4}, {100, 100, 100, 100}}, sample{3, 3, 3, 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, median(tt.samples)) })
	}
}

func sampleReport() *report {
	r := &report{
		Machine: machine{"plan9", "mips", 4, "v20.1.0"},
		Input:   inputInfo{Events: 1000, Bytes: 2e6, Seed: 1},
		Workers: 2,
		Rows: []*row{
			{Case: "noop", Peer: "plugreel", Events: 1000, Bytes: 2e6, Samples: []sample{{0.5, 0.75, 50e6, 0.125}}, Output: &comparison{Records: 1000, Equal: true}},
			{Case: "noop", Peer: baseline, Events: 1000, Bytes: 2e6, Samples: []sample{{2, 3, 100e6, 0.25}}, Measure: true},
			{Case: "noop", Peer: "cat", Skipped: "cat is not on PATH"},
			{Case: "none", Peer: "plugreel", Failed: "exit status 3: no space"},
			{Case: "none", Peer: "cat", Events: 1000, Bytes: 2e6, Samples: []sample{{0.1, 0.1, 1e6, 0}}},
			{Case: "growth", Peer: "small", Events: 10, Bytes: 2e4, Samples: []sample{{1, 1, 5e6, 0.5}}, Measure: true},
			{Case: "growth", Peer: "large", Events: 1000, Bytes: 2e6, Samples: []sample{{50, 25, 5e6, 0.5}, {50, 25, 5e6, 0.5}}, apart: true},
		},
	}
	r.finish()
	r.LeastPeakRSS = 12e6
	return r
}

func TestPrintTable(t *testing.T) {
	const want = `
case    program        runs  wall     sync     events/s  MB/s   CPU      peak RSS  speed      CPU        output
                             s        s                         s        MB        × measure  × measure
noop    plugreel       1       0.500    0.125      2000      4    0.750     50     4.00       0.25       equal
noop    node readline  1       2.000    0.250       500      1    3.000    100     1.00       1.00       (the measure)
noop    cat                                                                                              skipped: cat is not on PATH
none    plugreel                                                                                         failed: exit status 3: no space
none    cat            1       0.100  -           10000     20    0.100      1     -          -          -
growth  small          1       1.000    0.500        10      0    1.000      5     1.00       1.00       (the measure)
growth  large          2      50.000    0.500        20      0   25.000      5     2.00       0.25       -

1000 events, 2 MB, seed 1; medians of runs in turns; plugreel with 2 workers.
plan9/mips, 4 CPUs, node v20.1.0. A peak RSS below 12 MB cannot be seen.
`
	var out strings.Builder
	require.NoError(t, printTable(&out, sampleReport()))
	var got strings.Builder
	for line := range strings.Lines("\n" + out.String()) {
		got.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	assert.Equal(t, want, got.String())
}

func TestReportFailures(t *testing.T) {
	r := sampleReport()
	assert.EqualError(t, r.failures(), "none, plugreel: exit status 3: no space")

	r.Rows[3].Failed = ""
	assert.NoError(t, r.failures())

	r.Rows[0].Output = &comparison{Difference: "line 1: .a: got 1, want 2"}
	assert.EqualError(t, r.failures(), "noop, plugreel: output: line 1: .a: got 1, want 2")
}

func TestRowVerdict(t *testing.T) {
	tests := []struct {
		want string
		row  row
	}{
		{"identical", row{Output: &comparison{Equal: true, Identical: true}}},
		{"equal", row{Output: &comparison{Equal: true}}},
		{"differs: line 1", row{Output: &comparison{Difference: "line 1"}}},
		{"(the measure)", row{Measure: true}},
		{"-", row{}},
		{"skipped: no cat", row{Skipped: "no cat"}},
		{"failed: no disk", row{Failed: "no disk"}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.row.verdict())
	}
}

// A plugreel that will not run without a plugin has no row in the case without one.
func TestRowFail(t *testing.T) {
	usage := exec.Command("sh", "-c", "exit 2").Run()
	if errors.Is(usage, exec.ErrNotFound) {
		t.Skip("no sh")
	}
	bare := row{bare: true}
	bare.fail(usage)
	assert.Equal(t, row{bare: true, Skipped: "exit status 2"}, bare)

	with := row{}
	with.fail(usage)
	assert.Equal(t, row{Failed: "exit status 2"}, with)

	other := row{bare: true}
	other.fail(errors.New("no such file"))
	assert.Equal(t, row{bare: true, Failed: "no such file"}, other)
}
