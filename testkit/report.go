package testkit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// report is the text of a failed case: its name, its reason, what is wrong and what the plugin
// logged. It is "" if got is what c wants.
func report(c Case, want wanted, got outcome) string {
	findings := slices.Concat(
		checkFailures(c.Error, got.failures),
		checkEvent(c, want.event, got),
		checkWebhook(want.webhook, got.webhook),
	)
	if len(findings) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", c.Name)
	if c.Reason != "" {
		fmt.Fprintf(&b, "reason: %s\n", c.Reason)
	}
	for _, f := range findings {
		fmt.Fprintf(&b, "%s\n", f)
	}
	if len(got.log) > 0 {
		fmt.Fprintf(&b, "plugin log:\n%s\n", indent(got.log))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// checkFailures compares the failures of hooks with the one that is wanted.
func checkFailures(want string, got []failure) []string {
	wish := "none"
	if want != "" {
		wish = fmt.Sprintf("one that contains %q", want)
	}
	if want != "" && len(got) == 0 {
		return []string{"failure: got none, want " + wish}
	}
	if want != "" && slices.ContainsFunc(got, func(f failure) bool { return strings.Contains(f.text, want) }) {
		return nil
	}
	var findings []string
	for _, f := range got {
		findings = append(findings, fmt.Sprintf("failure: got %s, want %s%s", f.text, wish, stackBelow(f.stack)))
	}
	return findings
}

func stackBelow(stack string) string {
	if stack == "" {
		return ""
	}
	return "\n" + indent([]string{strings.TrimSpace(stack)})
}

func checkEvent(c Case, want sdk.Value, got outcome) []string {
	switch {
	case c.Dropped && !got.dropped && got.event.Exists():
		return []string{"event: got this, want it dropped\n" + indent([]string{got.event.String()})}
	case c.Dropped && !got.dropped:
		return []string{"event: got none written, want it dropped by the plugin"}
	case !want.Exists():
		return nil
	case got.dropped:
		return []string{"event: got it dropped, want\n" + indent([]string{want.String()})}
	case !got.event.Exists():
		return []string{"event: got none written, want\n" + indent([]string{want.String()})}
	}
	return checkDiff("event", diff(want, got.event))
}

// checkWebhook compares the body as text, or as JSON if that is what the case has.
func checkWebhook(want, got sdk.Value) []string {
	switch {
	case !want.Exists() || want.IsNull() && !got.Exists():
		return nil
	case want.IsNull():
		return []string{"webhook: got this, want none\n" + indent([]string{got.String()})}
	case !got.Exists():
		return []string{"webhook: got none, want\n" + indent([]string{want.String()})}
	}
	wantObject, _ := want.Object()
	gotObject, _ := got.Object()
	if wantObject.Get("body").Kind() != sdk.KindString {
		gotObject = withParsedBody(gotObject)
	}
	return checkDiff("webhook", diff(want, gotObject.Get()))
}

// withParsedBody returns a copy of a webhook whose body is what its text means as JSON, if it
// means something.
func withParsedBody(webhook *sdk.Object) *sdk.Object {
	body, err := sdk.ParseValue([]byte(webhook.Get("body").StrOr("")))
	if err != nil {
		return webhook
	}
	parsed := sdk.NewObject()
	webhook.Each(func(key string, v sdk.Value) bool { parsed.SetValue(key, v); return true })
	parsed.SetValue("body", body)
	return parsed
}

func checkDiff(what string, lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return []string{what + " (-want +got):\n" + indent(lines)}
}

func indent(lines []string) string {
	return "    " + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\n    ")
}
