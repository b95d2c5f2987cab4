package testkit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// compare lists what is wrong with an outcome.
func compare(c Case, want wanted, got outcome, p *plugins.Plugin) []string {
	return slices.Concat(
		checkFailures(c, got.failures, p),
		checkEvents(c, want, got),
		checkWebhooks(want.webhooks, got.webhooks),
		checkCaptured(want.captured, got.captured),
		checkFetches(c.Fetches, got.fetched),
		checkState("storage", c.StorageAfter, got.storage == nil, func(key string) (sdk.Value, error) { return got.storage.Get(key) }),
		checkState("cache", c.CacheAfter, got.cache == nil, func(key string) (sdk.Value, error) { return cached(got.cache, key) }),
		checkLogs(c.Logs, got.log),
	)
}

// checkFailures compares the failures of hooks with the one that is wanted.
func checkFailures(c Case, got []failure, p *plugins.Plugin) []string {
	wish := wishedFailure(c)
	if wish == "" {
		wish = "none"
	} else if len(got) == 0 {
		return []string{"failure: got none, want " + wish}
	} else if slices.ContainsFunc(got, func(f failure) bool { return strings.Contains(f.text, c.Error) && f.is(c.ErrorType) }) {
		return nil
	}
	var findings []string
	for _, f := range got {
		findings = append(findings, fmt.Sprintf("failure: got %s, want %s%s%s", f.text, wish, sourceLine(p, f), stackBelow(f.stack)))
	}
	return findings
}

// wishedFailure describes the failure that a case wants; "" if none.
func wishedFailure(c Case) string {
	var wishes []string
	if c.ErrorType != "" {
		wishes = append(wishes, "of type "+c.ErrorType)
	}
	if c.Error != "" {
		wishes = append(wishes, fmt.Sprintf("that contains %q", c.Error))
	}
	if len(wishes) == 0 {
		return ""
	}
	return "one " + strings.Join(wishes, " and ")
}

// is says whether a failure is of a type: a class of JavaScript stands in its text as a part of
// its own.
func (f failure) is(kind string) bool {
	if kind == "" || slices.Contains(f.kinds, kind) {
		return true
	}
	for part := range strings.SplitSeq(f.text, ": ") {
		if part == kind || strings.HasPrefix(part, kind+" (") {
			return true
		}
	}
	return false
}

func stackBelow(stack string) string {
	if stack == "" {
		return ""
	}
	return "\n" + indent([]string{strings.TrimSpace(stack)})
}

func checkEvents(c Case, want wanted, got outcome) []string {
	var findings []string
	for i := range want.in {
		label, r := "event", resultOf(got, i)
		if len(c.Events) > 0 {
			label = fmt.Sprintf("events[%d]", i)
		}
		switch {
		case c.Dropped:
			findings = append(findings, checkDropped(label, r)...)
		case want.events != nil:
			findings = append(findings, checkEvent(label, want.events[i], r, want.subset)...)
		}
	}
	return findings
}

// resultOf returns what became of an event; nothing if the plugin did not run.
func resultOf(got outcome, i int) Result {
	if i < len(got.results) {
		return got.results[i]
	}
	return Result{}
}

func checkDropped(label string, got Result) []string {
	switch {
	case got.Out.Exists():
		return []string{label + ": got this, want it dropped\n" + indent([]string{got.Out.String()})}
	case !got.Dropped:
		return []string{label + ": got none written, want it dropped by the plugin"}
	}
	return nil
}

func checkEvent(label string, want sdk.Value, got Result, subset bool) []string {
	switch {
	case want.IsNull() && got.Out.Exists():
		return []string{label + ": got this, want none written\n" + indent([]string{got.Out.String()})}
	case want.IsNull():
		return nil
	case got.Dropped:
		return []string{label + ": got it dropped, want\n" + indent([]string{want.String()})}
	case !got.Out.Exists():
		return []string{label + ": got none written, want\n" + indent([]string{want.String()})}
	}
	return checkDiff(label, compareValues(want, got.Out, subset))
}

// compareValues is diff, or subsetDiff.
func compareValues(want, got sdk.Value, subset bool) []string {
	if subset {
		return subsetDiff(want, got)
	}
	return diff(want, got)
}

func checkWebhooks(want, got []sdk.Value) []string {
	if want == nil {
		return nil
	}
	var findings []string
	for i := range max(len(want), len(got)) {
		label := "webhook"
		if len(want) > 1 || len(got) > 1 {
			label = fmt.Sprintf("webhook[%d]", i)
		}
		switch {
		case i >= len(want):
			findings = append(findings, label+": got this, want none\n"+indent([]string{got[i].String()}))
		case i >= len(got):
			findings = append(findings, label+": got none, want\n"+indent([]string{want[i].String()}))
		default:
			findings = append(findings, checkDiff(label, diff(want[i], comparableBody(want[i], got[i])))...)
		}
	}
	return findings
}

// comparableBody returns got with its body read as JSON if that of want is no string, and if the
// text means something.
func comparableBody(want, got sdk.Value) sdk.Value {
	wantObject, _ := want.Object()
	webhook, _ := got.Object()
	body, err := sdk.ParseValue([]byte(webhook.Get("body").StrOr("")))
	if wantObject.Get("body").Kind() == sdk.KindString || err != nil {
		return got
	}
	parsed := sdk.NewObject()
	webhook.Each(func(key string, v sdk.Value) bool { parsed.SetValue(key, v); return true })
	parsed.SetValue("body", body)
	return parsed.Get()
}

func checkCaptured(want, got []sdk.Value) []string {
	if want == nil {
		return nil
	}
	var findings []string
	for i := range max(len(want), len(got)) {
		label := fmt.Sprintf("captured[%d]", i)
		switch {
		case i >= len(want):
			findings = append(findings, label+": got this, want none\n"+indent([]string{got[i].String()}))
		case i >= len(got):
			findings = append(findings, label+": got none, want\n"+indent([]string{want[i].String()}))
		default:
			findings = append(findings, checkDiff(label, subsetDiff(want[i], got[i]))...)
		}
	}
	return findings
}

// checkFetches compares requests: with their body where the case names one.
func checkFetches(want []string, got []Call) []string {
	if want == nil {
		return nil
	}
	var lines []string
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(want):
			lines = append(lines, "+"+got[i].full())
		case i >= len(got):
			lines = append(lines, "-"+want[i])
		case want[i] != got[i].String() && want[i] != got[i].full():
			lines = append(lines, "-"+want[i], "+"+got[i].full())
		}
	}
	return checkDiff("fetches", lines)
}

// full is String with the body, if there is one.
func (c Call) full() string { return strings.TrimSuffix(c.String()+" "+c.Body, " ") }

// checkState compares what a plugin left. Without a run it left nothing.
func checkState(label string, want map[string]any, gone bool, get func(key string) (sdk.Value, error)) []string {
	if gone {
		get = func(string) (sdk.Value, error) { return sdk.Value{}, nil }
	}
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(want)) {
		got, err := get(key)
		if err != nil {
			return []string{fmt.Sprintf("%s: %s: %v", label, key, err)}
		}
		d := differ{}
		if value := want[key]; value != nil {
			v, err := jsonValue(value)
			if err != nil {
				return []string{fmt.Sprintf("%s: %s: %v", label, key, err)}
			}
			d.value(memberPath("", key), v, got)
		} else {
			d.line('+', memberPath("", key), got)
		}
		lines = append(lines, d.lines...)
	}
	return checkDiff(label, lines)
}

// checkLogs looks for parts of messages in their order.
func checkLogs(want, got []string) []string {
	if want == nil {
		return nil
	}
	if len(want) == 0 && len(got) > 0 {
		return []string{"log: got messages, want none"}
	}
	at := 0
	for _, part := range want {
		found := slices.IndexFunc(got[at:], func(message string) bool { return strings.Contains(message, part) })
		if found < 0 {
			return []string{fmt.Sprintf("log: got no message%s, want one that contains %q", after(at), part)}
		}
		at += found + 1
	}
	return nil
}

func after(at int) string {
	if at == 0 {
		return ""
	}
	return fmt.Sprintf(" after the first %d", at)
}

func checkDiff(what string, lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return []string{what + " (-want +got):\n" + indent(lines)}
}
