package jsbridge_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// maxReported is how many events of a fixture are shown that differ.
const maxReported = 3

func compareRuns(t *testing.T, events []string, want, got run) {
	t.Helper()
	report := func(what string, diffs []string) {
		t.Errorf("%s\n\t%s", what, strings.Join(diffs, "\n\t"))
	}
	if diffs := compareRecords(got.setup, want.setup); len(diffs) > 0 {
		report("setupPlugin", diffs)
	}
	differing := 0
	for i := range events {
		diffs := compareRecords(got.events[i], want.events[i])
		if len(diffs) == 0 {
			continue
		}
		if differing++; differing <= maxReported {
			report(fmt.Sprintf("event %d: %.300s", i, events[i]), diffs)
		}
	}
	if differing > maxReported {
		t.Errorf("%d of %d events differ", differing, len(events))
	}
	if diffs := compareRecords(got.teardown, want.teardown); len(diffs) > 0 {
		report("teardownPlugin", diffs)
	}
}

// compareRecords lists what is different, nothing if all is the same.
func compareRecords(got, want record) []string {
	var diffs []string
	differ := func(what string, got, want any) {
		diffs = append(diffs, fmt.Sprintf("%s: %s", what, different(fmt.Sprint(got), fmt.Sprint(want))))
	}
	for _, f := range []struct {
		hook      string
		got, want *failure
	}{
		{"processEvent", got.Failed, want.Failed},
		{"onEvent", got.OnEvent, want.OnEvent},
		{"composeWebhook", got.Compose, want.Compose},
	} {
		if !sameFailure(f.got, f.want) {
			differ(f.hook, f.got, f.want)
		}
	}
	for i := range max(len(got.Calls), len(want.Calls)) {
		if i >= len(got.Calls) || i >= len(want.Calls) {
			differ("calls", len(got.Calls), len(want.Calls))
			break
		}
		if !sameFailure(got.Calls[i], want.Calls[i]) {
			differ(fmt.Sprintf("call %d", i), got.Calls[i], want.Calls[i])
		}
	}
	for i := range max(len(got.Captured), len(want.Captured)) {
		if i >= len(got.Captured) || i >= len(want.Captured) {
			differ("captured", got.Captured, want.Captured)
			break
		}
		diffJSON("captured", jsonValue(got.Captured[i]), jsonValue(want.Captured[i]), differ)
	}
	if a, b := strings.Join(got.Requests, "\n"), strings.Join(want.Requests, "\n"); a != b {
		differ("requests", a, b)
	}
	if strings.Join(got.Logs, "\n") != strings.Join(want.Logs, "\n") {
		differ("log", strings.Join(got.Logs, " ⏎ "), strings.Join(want.Logs, " ⏎ "))
	}
	switch {
	case got.Out == nil && want.Out == nil:
	case got.Out == nil || want.Out == nil:
		differ("dropped", got.Out == nil, want.Out == nil)
	case *got.Out != *want.Out:
		diffJSON("event", jsonValue(*got.Out), jsonValue(*want.Out), differ)
	}
	if got.Webhook != nil && want.Webhook != nil {
		diffJSON("webhook", jsonValue(toJSON(got.Webhook)), jsonValue(toJSON(want.Webhook)), differ)
	} else if got.Webhook != nil || want.Webhook != nil {
		differ("webhook", got.Webhook, want.Webhook)
	}
	return diffs
}

// different shows two texts from shortly before the place where they part.
func different(got, want string) string {
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	const before, most = 40, 300
	from := max(0, at-before)
	return fmt.Sprintf("plugreel %.*s, node %.*s", most, got[min(from, len(got)):], most, want[min(from, len(want)):])
}

// sameFailure compares the error's class and its message, as far as the engine's words allow.
func sameFailure(got, want *failure) bool {
	if got == nil || want == nil {
		return got == want
	}
	if got.Name != want.Name {
		return false
	}
	for _, words := range acceptedWords {
		if words.node.MatchString(want.Message) && words.here.MatchString(got.Message) {
			return true
		}
	}
	return got.Message == want.Message
}

// acceptedWords are the messages of the two engines for the same mistake, where they differ.
var acceptedWords = []struct{ node, here *regexp.Regexp }{
	{regexp.MustCompile(`^Cannot (read|set) properties of (undefined|null) \(`), regexp.MustCompile(`^Cannot (read|set) properties of undefined or null \(`)},
	{regexp.MustCompile(` is not iterable`), regexp.MustCompile(` is not iterable$|^Cannot convert undefined or null to object$`)},
	{regexp.MustCompile(`^Cannot destructure property |^Cannot read properties of null \(`), regexp.MustCompile(`^Value is not object coercible$|^Cannot destructure property .* as it is undefined or null\.$`)},
	{regexp.MustCompile(`^Cannot use 'in' operator|^Right-hand side of 'instanceof'|called on non-object$|is not an entry object$|is not a constructor$`), regexp.MustCompile(`^Value is not an object: `)},
	{regexp.MustCompile(`^Invalid index : `), regexp.MustCompile(`^Invalid index `)},
	{regexp.MustCompile(`^Converting circular structure to JSON\n`), regexp.MustCompile(`^Converting circular structure to JSON$`)},
}

func toJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// jsonValue decodes JSON with numbers as doubles. A number that no double can hold counts as
// null, which is what Node makes of it.
func jsonValue(text string) any {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return fmt.Sprintf("no JSON (%v): %s", err, text)
	}
	return doubles(v)
}

func doubles(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil && f != 0 {
			return nil
		}
		return f
	case []any:
		for i := range v {
			v[i] = doubles(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = doubles(v[key])
		}
	}
	return v
}

// diffJSON reports the places at which two decoded values differ.
func diffJSON(path string, got, want any, differ func(what string, got, want any)) {
	gotMap, ok1 := got.(map[string]any)
	wantMap, ok2 := want.(map[string]any)
	if ok1 && ok2 {
		for _, key := range keysOfBoth(gotMap, wantMap) {
			g, inGot := gotMap[key]
			w, inWant := wantMap[key]
			switch {
			case !inGot:
				differ(path+"."+key, "nothing", toJSON(w))
			case !inWant:
				differ(path+"."+key, toJSON(g), "nothing")
			default:
				diffJSON(path+"."+key, g, w, differ)
			}
		}
		return
	}
	gotList, ok1 := got.([]any)
	wantList, ok2 := want.([]any)
	if ok1 && ok2 && len(gotList) == len(wantList) {
		for i := range gotList {
			diffJSON(fmt.Sprintf("%s[%d]", path, i), gotList[i], wantList[i], differ)
		}
		return
	}
	if !ok1 && !ok2 && got == want {
		return
	}
	differ(path, toJSON(got), toJSON(want))
}

func keysOfBoth(a, b map[string]any) []string {
	var keys []string
	for key := range a {
		keys = append(keys, key)
	}
	for key := range b {
		if _, both := a[key]; !both {
			keys = append(keys, key)
		}
	}
	return keys
}
