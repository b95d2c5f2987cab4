package testkit

import (
	"fmt"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// maxDiffLines is how many lines of a difference a report shows.
const maxDiffLines = 40

// diffLines lists how two texts of lines differ: for lines that are JSON objects and stand for the
// same record the members that do, else the lines. Lines are matched by their longest common
// subsequence, so that one that is missing does not spoil the rest.
func diffLines(want, got string) []string {
	if want == got {
		return nil
	}
	a, b := lines(want), lines(got)
	if strings.Join(a, "\n") == strings.Join(b, "\n") {
		return []string{"the texts differ in the line end of their last line"}
	}
	var out []string
	var minus, plus []numbered
	flush := func() {
		out = append(out, hunk(minus, plus)...)
		minus, plus = nil, nil
	}
	common(a, b, func(i, j int) {
		switch {
		case i >= 0 && j >= 0:
			flush()
		case i >= 0:
			minus = append(minus, numbered{i + 1, a[i]})
		default:
			plus = append(plus, numbered{j + 1, b[j]})
		}
	})
	flush()
	if len(out) > maxDiffLines {
		more := len(out) - maxDiffLines
		out = append(out[:maxDiffLines], fmt.Sprintf("… and %d lines more", more))
	}
	return out
}

type numbered struct {
	number int
	text   string
}

// hunk shows lines that were replaced by others.
func hunk(minus, plus []numbered) []string {
	var out []string
	for i := range max(len(minus), len(plus)) {
		if i < len(minus) && i < len(plus) {
			if d := recordDiff(minus[i].text, plus[i].text); d != nil {
				out = append(out, fmt.Sprintf("line %d:", plus[i].number))
				out = append(out, d...)
				continue
			}
		}
		if i < len(minus) {
			out = append(out, fmt.Sprintf("-%d: %s", minus[i].number, minus[i].text))
		}
		if i < len(plus) {
			out = append(out, fmt.Sprintf("+%d: %s", plus[i].number, plus[i].text))
		}
	}
	return out
}

// recordDiff is the diff of two JSON objects by member; nil if they are none, or differ in their
// spelling only.
func recordDiff(want, got string) []string {
	a, errA := sdk.ParseValue([]byte(want))
	b, errB := sdk.ParseValue([]byte(got))
	if errA != nil || errB != nil || a.Kind() != sdk.KindObject || b.Kind() != sdk.KindObject {
		return nil
	}
	return diff(a, b)
}

// maxCompared bounds the table of common: longer texts are compared line by line.
const maxCompared = 2000

// common walks two lists along their longest common subsequence: a pair of positions for what they
// share, -1 in place of the one that lacks it.
func common(a, b []string, visit func(i, j int)) {
	if len(a) > maxCompared || len(b) > maxCompared {
		sideBySide(a, b, visit)
		return
	}
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			length[i][j] = max(length[i+1][j], length[i][j+1])
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			visit(i, j)
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1]:
			visit(i, -1)
			i++
		default:
			visit(-1, j)
			j++
		}
	}
}

func sideBySide(a, b []string, visit func(i, j int)) {
	for i := range max(len(a), len(b)) {
		switch {
		case i < len(a) && i < len(b) && a[i] == b[i]:
			visit(i, i)
			continue
		case i < len(a):
			visit(i, -1)
		}
		if i < len(b) {
			visit(-1, i)
		}
	}
}

// lines splits a text; the last line need not end with a line feed.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}
