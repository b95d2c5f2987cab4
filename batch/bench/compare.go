package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
)

// comparison says how far one output agrees with another, line by line.
type comparison struct {
	Records    int    `json:"records"`              // lines of the output in question
	Equal      bool   `json:"equal"`                // same JSON values: numbers as float64, members in any order
	Identical  bool   `json:"identical"`            // same bytes
	Difference string `json:"difference,omitempty"` // the first line that is not equal, with the path in it
}

func compareFiles(wantPath, gotPath string) (comparison, error) {
	want, err := os.Open(wantPath)
	if err != nil {
		return comparison{}, err
	}
	defer want.Close()
	got, err := os.Open(gotPath)
	if err != nil {
		return comparison{}, err
	}
	defer got.Close()
	return compareLines(want, got)
}

// compareLines reads both to their ends. Its error is a reader's; a line that is not JSON is a
// difference.
func compareLines(want, got io.Reader) (comparison, error) {
	c := comparison{Equal: true, Identical: true}
	wantLines, gotLines := bufio.NewReader(want), bufio.NewReader(got)
	for {
		w, err := readLine(wantLines)
		if err != nil {
			return c, err
		}
		g, err := readLine(gotLines)
		if err != nil {
			return c, err
		}
		if w == nil && g == nil {
			return c, nil
		}
		if g != nil {
			c.Records++
		}
		c.line(w, g)
	}
}

// readLine returns nil at the end.
func readLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadBytes('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if len(line) == 0 {
		return nil, err
	}
	return line, err
}

// line compares one line. After the first difference only identical lines count.
func (c *comparison) line(want, got []byte) {
	if bytes.Equal(want, got) {
		return
	}
	c.Identical = false
	if !c.Equal {
		return
	}
	if d := lineDifference(want, got); d != "" {
		c.Equal = false
		c.Difference = fmt.Sprintf("line %d: %s", c.Records, d)
	}
}

func lineDifference(want, got []byte) string {
	if want == nil {
		return "got a line, want the end"
	}
	if got == nil {
		return "got the end, want another line"
	}
	var w, g any
	if err := json.Unmarshal(want, &w); err != nil {
		return "want is not JSON: " + err.Error()
	}
	if err := json.Unmarshal(got, &g); err != nil {
		return "got is not JSON: " + err.Error()
	}
	return difference("", w, g)
}

// difference finds the first place where two values differ, empty if there is none. Missing and null
// are different.
func difference(path string, want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			return objectDifference(path, w, g)
		}
	case []any:
		if g, ok := got.([]any); ok && len(w) == len(g) {
			return arrayDifference(path, w, g)
		}
	}
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return fmt.Sprintf("%s: got %s, want %s", path, brief(got), brief(want))
}

func objectDifference(path string, want, got map[string]any) string {
	for _, key := range slices.Sorted(maps.Keys(want)) {
		g, ok := got[key]
		if !ok {
			return path + "." + key + ": got nothing, want " + brief(want[key])
		}
		if d := difference(path+"."+key, want[key], g); d != "" {
			return d
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[key]; !ok {
			return path + "." + key + ": got " + brief(got[key]) + ", want nothing"
		}
	}
	return ""
}

func arrayDifference(path string, want, got []any) string {
	for i := range want {
		if d := difference(fmt.Sprintf("%s[%d]", path, i), want[i], got[i]); d != "" {
			return d
		}
	}
	return ""
}

// brief is a value as JSON, cut off where it gets long.
func brief(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(text) > 80 {
		return string(text[:80]) + "…"
	}
	return string(text)
}
