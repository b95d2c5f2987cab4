package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// sample is what one run of one program took, or the median of several runs.
type sample struct {
	WallSeconds  float64 `json:"wall_seconds"`
	CPUSeconds   float64 `json:"cpu_seconds"`    // user and system
	PeakRSSBytes int64   `json:"peak_rss_bytes"` // 0 where the system does not tell
	SyncSeconds  float64 `json:"sync_seconds"`   // of the wall time, flushing the output; 0 if nobody knows
}

// median takes the median of each figure by itself.
func median(samples []sample) sample {
	return sample{
		WallSeconds:  middle(samples, func(s sample) float64 { return s.WallSeconds }),
		CPUSeconds:   middle(samples, func(s sample) float64 { return s.CPUSeconds }),
		PeakRSSBytes: int64(middle(samples, func(s sample) float64 { return float64(s.PeakRSSBytes) })),
		SyncSeconds:  middle(samples, func(s sample) float64 { return s.SyncSeconds }),
	}
}

// middle is the median of one figure, the mean of the two in the middle where their number is even.
func middle(samples []sample, figure func(sample) float64) float64 {
	if len(samples) == 0 {
		return 0
	}
	figures := make([]float64, len(samples))
	for i, s := range samples {
		figures[i] = figure(s)
	}
	slices.Sort(figures)
	n := len(figures)
	return (figures[(n-1)/2] + figures[n/2]) / 2
}

// measure runs a command to its end. What the command printed is part of the error only.
func measure(ctx context.Context, command []string) (sample, error) {
	return measureFrom(ctx, nil, command)
}

// measureFrom is measure for a command that reads stdin.
func measureFrom(ctx context.Context, stdin io.Reader, command []string) (sample, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin = stdin
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	begin := time.Now()
	err := cmd.Run()
	wall := time.Since(begin)
	if err != nil {
		return sample{}, fmt.Errorf("%w: %s", err, lastLine(stderr.String()))
	}
	s := sample{
		WallSeconds:  wall.Seconds(),
		CPUSeconds:   (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(),
		PeakRSSBytes: peakRSS(cmd.ProcessState),
	}
	_ = json.Unmarshal(stdout.Bytes(), &s) // most programs print nothing
	return s, nil
}

// sync completes what was measured by the time that the flush of the output took: plugreel's report says so,
// and what the program did not flush is flushed here.
func (r *row) sync(s *sample) error {
	if !r.lazy {
		return s.addReport(r.report)
	}
	begin := time.Now()
	f, err := os.OpenFile(r.output, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = errors.Join(f.Sync(), f.Close())
	s.SyncSeconds = time.Since(begin).Seconds()
	s.WallSeconds += s.SyncSeconds
	return err
}

// addReport takes what is to be known from a report of plugreel, if there is one.
func (s *sample) addReport(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var told struct {
		SyncSeconds float64 `json:"sync_seconds"`
	}
	if err == nil {
		err = json.Unmarshal(text, &told)
	}
	s.SyncSeconds = told.SyncSeconds
	return err
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
