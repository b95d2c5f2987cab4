package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// report is the outcome of all runs, as -json prints it.
type report struct {
	Machine      machine   `json:"machine"`
	Input        inputInfo `json:"input"`
	Workers      int       `json:"workers"`
	LeastPeakRSS int64     `json:"least_peak_rss_bytes"` // a smaller one cannot be seen
	Rows         []*row    `json:"rows"`
}

type machine struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
	Node string `json:"node"` // version
}

type inputInfo struct {
	Events int    `json:"events"`
	Bytes  int64  `json:"bytes"`
	Seed   uint64 `json:"seed"`
}

// row is one peer in one case.
type row struct {
	Measure bool        `json:"measure,omitempty"` // the others of the case are compared with it
	Case    string      `json:"case"`
	Peer    string      `json:"peer"`
	Command []string    `json:"command"`
	Events  int         `json:"events"` // in the input
	Bytes   int64       `json:"bytes"`  // of these, uncompressed
	Samples []sample    `json:"samples"`
	Median  sample      `json:"median"`
	Rate    float64     `json:"events_per_second"`
	Speed   float64     `json:"speed"`            // this rate by that of the case's measure; 0 without a measure
	CPU     float64     `json:"cpu"`              // this one's CPU time of an event by the measure's
	Output  *comparison `json:"output,omitempty"` // with the measure's
	Skipped string      `json:"skipped,omitempty"`
	Failed  string      `json:"failed,omitempty"`

	output  string // file
	report  string // file in which plugreel says how it went
	apart   bool   // but its output is not
	bare    bool   // the case has no plugin
	similar bool   // a difference is no failure
	lazy    bool   // the program does not fsync its output
}

// asMeasure makes r what the others are compared with.
func (r *row) asMeasure() *row {
	r.Measure = true
	return r
}

// fail notes why the program did not succeed. A plugreel that wants a plugin is no failure.
func (r *row) fail(err error) {
	const usage = 2
	var exit *exec.ExitError
	if r.bare && errors.As(err, &exit) && exit.ExitCode() == usage {
		r.Skipped = err.Error()
		return
	}
	r.Failed = err.Error()
}

// removeOutput removes the output and whatever a program left beside it.
func (r *row) removeOutput() {
	paths, _ := filepath.Glob(r.output + "*") // the pattern is well-formed
	for _, path := range paths {
		os.RemoveAll(path)
	}
}

// finish computes medians and ratios.
func (r *report) finish() {
	r.LeastPeakRSS = ownPeakRSS()
	measures := map[string]*row{}
	for _, row := range r.Rows {
		if len(row.Samples) == 0 {
			continue
		}
		row.Median = median(row.Samples)
		row.Rate = float64(row.Events) / row.Median.WallSeconds
		if row.Measure {
			measures[row.Case] = row
		}
	}
	for _, row := range r.Rows {
		if m := measures[row.Case]; m != nil && len(row.Samples) > 0 {
			row.Speed = row.Rate / m.Rate
			row.CPU = row.eventCPU() / m.eventCPU()
		}
	}
}

// eventCPU is the CPU time of one event, in seconds.
func (r *row) eventCPU() float64 { return r.Median.CPUSeconds / float64(r.Events) }

// failures is nil if every program succeeded and every output was equal to that of its case's measure.
func (r *report) failures() error {
	var errs []error
	for _, row := range r.Rows {
		if row.Failed != "" {
			errs = append(errs, fmt.Errorf("%s, %s: %s", row.Case, row.Peer, row.Failed))
		}
		if row.Output != nil && !row.Output.Equal && !row.similar {
			errs = append(errs, fmt.Errorf("%s, %s: output: %s", row.Case, row.Peer, row.Output.Difference))
		}
	}
	return errors.Join(errs...)
}

// printTable prints a line for each row, and below it how it was measured.
func printTable(w io.Writer, r *report) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "case\tprogram\truns\twall\tsync\tevents/s\tMB/s\tCPU\tpeak RSS\tspeed\tCPU\toutput")
	fmt.Fprintln(table, "\t\t\ts\ts\t\t\ts\tMB\t× measure\t× measure\t")
	for _, row := range r.Rows {
		fmt.Fprintln(table, row.cells())
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d events, %.0f MB, seed %d; medians of runs in turns; plugreel with %d workers.\n"+
		"%s/%s, %d CPUs, node %s. A peak RSS below %d MB cannot be seen.\n",
		r.Input.Events, float64(r.Input.Bytes)/1e6, r.Input.Seed, r.Workers,
		r.Machine.OS, r.Machine.Arch, r.Machine.CPUs, r.Machine.Node, r.LeastPeakRSS/1e6)
	return err
}

func (r *row) cells() string {
	name := r.Case + "\t" + r.Peer + "\t"
	if len(r.Samples) == 0 {
		return name + strings.Repeat("\t", 9) + r.verdict()
	}
	m := r.Median
	return name + fmt.Sprintf("%d\t%7.3f\t%s\t%8.0f\t%5.0f\t%7.3f\t%5.0f\t%s\t%s\t%s", len(r.Samples), m.WallSeconds, seconds(m.SyncSeconds), r.Rate,
		float64(r.Bytes)/1e6/m.WallSeconds, m.CPUSeconds, float64(m.PeakRSSBytes)/1e6,
		ratio(r.Speed), ratio(r.CPU), r.verdict())
}

// seconds is a part of the wall time, where a program tells it.
func seconds(s float64) string {
	if s == 0 {
		return "-"
	}
	return fmt.Sprintf("%7.3f", s)
}

func ratio(x float64) string {
	if x == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", x)
}

func (r *row) verdict() string {
	switch {
	case r.Failed != "":
		return "failed: " + r.Failed
	case r.Skipped != "":
		return "skipped: " + r.Skipped
	case r.Measure:
		return "(the measure)"
	case r.Output == nil:
		return "-"
	case r.Output.Identical:
		return "identical"
	case r.Output.Equal:
		return "equal"
	}
	return "differs: " + r.Output.Difference
}
