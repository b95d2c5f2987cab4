package webhook

import (
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// condition is something that must be so for an event to be sent.
type condition struct {
	path []string
	test func(v sdk.Value) bool
}

// parseCondition reads PATH=TEXT, PATH!=TEXT, PATH or !PATH.
func parseCondition(text string) condition {
	path, want, compares := strings.Cut(text, "=")
	path, differs := strings.CutSuffix(path, "!")
	negated := strings.HasPrefix(path, "!")
	names := strings.Split(strings.TrimSpace(strings.TrimPrefix(path, "!")), ".")
	want = strings.TrimSpace(want)
	switch {
	case compares && differs:
		return condition{names, func(v sdk.Value) bool { return textOf(v) != want }}
	case compares:
		return condition{names, func(v sdk.Value) bool { return textOf(v) == want }}
	case negated:
		return condition{names, func(v sdk.Value) bool { return !isTrue(v) }}
	}
	return condition{names, isTrue}
}

// isTrue says whether there is a value that is neither null, false nor an empty text.
func isTrue(v sdk.Value) bool {
	text := textOf(v)
	return text != "" && text != "false"
}

func (c condition) holds(e *sdk.PluginEvent) bool { return c.test(find(e, c.path)) }
