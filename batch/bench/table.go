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
	Runs         int       `json:"runs"`
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
	Case    string      `json:"case"`
	Peer    string      `json:"peer"`
	Command []string    `json:"command"`
	Samples []sample    `json:"samples"`
	Median  sample      `json:"median"`
	Rate    float64     `json:"events_per_second"`
	Speed   float64     `json:"speed_vs_node"`    // the baseline's wall time by this one's; 0 without a baseline
	CPU     float64     `json:"cpu_vs_node"`      // this one's CPU time by the baseline's
	Output  *comparison `json:"output,omitempty"` // with the baseline's
	Skipped string      `json:"skipped,omitempty"`
	Failed  string      `json:"failed,omitempty"`

	output  string // file
	bare    bool   // the case has no plugin
	similar bool   // a difference is no failure
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
	base := map[string]sample{}
	for _, row := range r.Rows {
		row.Median = median(row.Samples)
		if row.Peer == baseline && len(row.Samples) > 0 {
			base[row.Case] = row.Median
		}
	}
	for _, row := range r.Rows {
		if len(row.Samples) == 0 {
			continue
		}
		row.Rate = float64(r.Input.Events) / row.Median.WallSeconds
		if b, ok := base[row.Case]; ok {
			row.Speed = b.WallSeconds / row.Median.WallSeconds
			row.CPU = row.Median.CPUSeconds / b.CPUSeconds
		}
	}
}

// failures is nil if every program succeeded and every output was equal to the baseline's.
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
	fmt.Fprintln(table, "case\tprogram\twall\tsync\tevents/s\tMB/s\tCPU\tpeak RSS\tspeed\tCPU\toutput")
	fmt.Fprintln(table, "\t\ts\ts\t\t\ts\tMB\t× node\t× node\t")
	for _, row := range r.Rows {
		fmt.Fprintln(table, row.cells(r.Input))
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d events, %.0f MB, seed %d; medians of %d runs in turns; plugreel with %d workers.\n"+
		"%s/%s, %d CPUs, node %s. A peak RSS below %d MB cannot be seen.\n",
		r.Input.Events, float64(r.Input.Bytes)/1e6, r.Input.Seed, r.Runs, r.Workers,
		r.Machine.OS, r.Machine.Arch, r.Machine.CPUs, r.Machine.Node, r.LeastPeakRSS/1e6)
	return err
}

func (r *row) cells(in inputInfo) string {
	name := r.Case + "\t" + r.Peer + "\t"
	if len(r.Samples) == 0 {
		return name + strings.Repeat("\t", 8) + r.verdict()
	}
	m := r.Median
	return name + fmt.Sprintf("%6.2f\t%s\t%8.0f\t%5.0f\t%6.2f\t%5.0f\t%s\t%s\t%s", m.WallSeconds, seconds(m.SyncSeconds), r.Rate,
		float64(in.Bytes)/1e6/m.WallSeconds, m.CPUSeconds, float64(m.PeakRSSBytes)/1e6,
		ratio(r.Speed), ratio(r.CPU), r.verdict())
}

// seconds is a part of the wall time, where a program tells it.
func seconds(s float64) string {
	if s == 0 {
		return "-"
	}
	return fmt.Sprintf("%6.2f", s)
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
	case r.Peer == baseline:
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
