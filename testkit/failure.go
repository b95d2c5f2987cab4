package testkit

import (
	"fmt"
	"strings"
)

// Failure says that what came of a test is not what it wants.
type Failure struct {
	Name   string // of the case or scenario
	Reason string // why it should be so; "" if the author gave none
	At     string // where it stands, "file:line"; "" in a table of Go

	Findings []string // what is wrong, one or more lines each
	Log      []string // "LEVEL message": what the plugin logged
}

// Error is the report: the name on a line, then what Details returns.
func (f *Failure) Error() string { return f.Name + "\n" + f.Details() }

// Details is the report without the name: the reason, the findings and the plugin's log.
func (f *Failure) Details() string {
	var b strings.Builder
	if f.Reason != "" {
		fmt.Fprintf(&b, "reason: %s\n", f.Reason)
	}
	for _, finding := range f.Findings {
		fmt.Fprintf(&b, "%s\n", finding)
	}
	if len(f.Log) > 0 {
		fmt.Fprintf(&b, "plugin log:\n%s\n", indent(f.Log))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func indent(lines []string) string {
	return "    " + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\n    ")
}
