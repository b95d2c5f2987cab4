package page_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/diff"
	"github.com/plugreel/plugreel/batch/diff/page"
	"github.com/plugreel/plugreel/sdk"
)

// hostile is text that wants out of wherever it is put.
const hostile = `"></script><script>alert(1)</script><img src=x onerror=alert(2)>`

// report is of a chain that changes, drops and fails.
func report(t *testing.T) *diff.Report {
	t.Helper()
	changes := sdk.Native(sdk.Info{Name: "changes"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			switch e.Event() {
			case "dropped":
				return nil, nil
			case "failing":
				return nil, errors.New(hostile)
			case "$pageview":
				e.Properties().Set("url", "https://example.com/new/path")
				e.Properties().Set(hostile, hostile)
			}
			return e, nil
		}}
	})
	var records []string
	for i, name := range []string{"$pageview", "dropped", "failing", "untouched", "$pageview", hostile} {
		records = append(records, fmt.Sprintf(`{"uuid":"u%d","event":%s,"timestamp":"2024-01-3%dT00:00:00Z","properties":{"url":"https://example.com/old/path"}}`, i, sdk.AppendString(nil, name), i%2))
	}
	r, err := diff.Run(context.Background(), batch.Side{}, batch.Side{Chain: batch.Chain{{Program: changes}}}, batch.Records(records...), diff.Options{})
	require.NoError(t, err)
	r.Old.Chain, r.New.Chain = "none", hostile
	return r
}

func TestPageHoldsNothingOfTheArchiveAsMarkup(t *testing.T) {
	html, err := page.HTML(report(t))
	require.NoError(t, err)
	assert.NotContains(t, string(html), "<img")
	assert.Equal(t, 1, strings.Count(string(html), "<script>"))
	assert.Equal(t, 1, strings.Count(string(html), "<style>"))
	for _, tag := range regexp.MustCompile(`<[a-z][^>]*>`).FindAllString(string(html), -1) {
		names := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag, "")
		assert.NotRegexp(t, `\s(style|on\w+)=`, names, "what the policy forbids is not there")
	}
}

func TestPageOfNothing(t *testing.T) {
	r, err := diff.Run(context.Background(), batch.Side{}, batch.Side{}, batch.Records(), diff.Options{})
	require.NoError(t, err)
	html, err := page.HTML(r)
	require.NoError(t, err)
	assert.Contains(t, string(html), "0 events compared")
	assert.Contains(t, string(html), "Nothing differs.")
	assert.NotContains(t, string(html), "<svg")
	assert.NotContains(t, string(html), "<section")
}

// Many days are drawn as months, many months as years; names that do not fit are cut off, and in
// the table in full.
func TestChartsOfMuch(t *testing.T) {
	r := &diff.Report{Counts: diff.Counts{Tally: diff.Tally{Changed: 6300, NewlyDropped: 40}}}
	for i := range 900 {
		r.Days = append(r.Days, diff.Group{Name: time.Date(2022, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Tally: diff.Tally{Records: 10, Changed: 7}})
	}
	for i := range 40 {
		r.Events = append(r.Events, diff.Group{Name: fmt.Sprintf("%d %s", i, strings.Repeat("ü", 60)), Tally: diff.Tally{Records: 10, NewlyDropped: 1}})
	}
	html, err := page.HTML(r)
	require.NoError(t, err)
	text := string(html)
	assert.Contains(t, text, "By month")
	assert.Contains(t, text, "2022-01: 217 changed, 0 newly dropped, 0 no longer dropped, of 310")
	assert.Contains(t, text, ">39 "+strings.Repeat("ü", 60)+"<")
	assert.Contains(t, text, "25 more event names are in the table.")
	assert.NotContains(t, text, "NaN")
}

// Events on which hooks fail, and nothing else differs, are in the table.
func TestPageOfFailures(t *testing.T) {
	failing := diff.Tally{Records: 5, Identical: 5, NewlyFailing: 5}
	html, err := page.HTML(&diff.Report{Counts: diff.Counts{Tally: failing}, Events: []diff.Group{{Name: "login", Tally: failing}}})
	require.NoError(t, err)
	assert.Contains(t, string(html), `<th scope="row">login</th>`)
	assert.NotContains(t, string(html), "<svg")
	assert.NotContains(t, string(html), "Nothing differs.")
}

// browser opens pages in a headless Chromium.
type browser struct {
	t       *testing.T
	program string
	home    string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			return &browser{t, program, t.TempDir()}
		}
	}
	t.Skip("there is no chromium to look at the page with; apt-get install chromium")
	return nil
}

// open returns the page as it stands in the browser when its script is through, and what the
// browser had to say about it.
func (b *browser) open(path, fragment string) (dom, console string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.program, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
		"--user-data-dir="+b.home, "--virtual-time-budget=2000", "--dump-dom", "file://"+path+fragment)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(b.t, cmd.Run(), "%s", &stderr)
	var lines []string
	for line := range strings.Lines(stderr.String()) {
		if strings.Contains(line, "CONSOLE") {
			lines = append(lines, line)
		}
	}
	return stdout.String(), strings.Join(lines, "")
}

// shown are the uuids of the examples that are to be seen.
func shown(dom string) string {
	var uuids []string
	for _, m := range regexp.MustCompile(`(?s)<article([^>]*)>.*?<p class="where"><code>(\w+)</code>`).FindAllStringSubmatch(dom, -1) {
		if !strings.Contains(m[1], "hidden") {
			uuids = append(uuids, m[2])
		}
	}
	return strings.Join(uuids, " ")
}

// TestPageInABrowser looks at what a browser makes of the page: its policy holds up what is not the
// page's own, so a filter that works says that the script may run.
func TestPageInABrowser(t *testing.T) {
	b := newBrowser(t)
	html, err := page.HTML(report(t))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(path, html, 0o644))
	for _, c := range []struct{ name, reason, fragment, want, count string }{
		{"no filter", "all examples", "", "u0 u1 u2 u4", "4 of 4 examples"},
		{"event", "those of that name", "#event=%24pageview", "u0 u4", "2 of 4 examples"},
		{"kind", "those that it happened to", "#kind=newly_dropped", "u1", "1 of 4 examples"},
		{"text", "case does not matter", "#text=U2", "u2", "1 of 4 examples"},
		{"both", "all that is chosen must hold", "#event=dropped&kind=changed", "", "0 of 4 examples"},
	} {
		dom, console := b.open(path, c.fragment)
		assert.Empty(t, console, c.name)
		assert.Equal(t, c.want, shown(dom), "%s: %s", c.name, c.reason)
		assert.Contains(t, dom, ">"+c.count+"<", c.name)
		assert.Regexp(t, `(?s)<svg[^>]*id="chart-events".*?<rect class="changed"[^>]*width="[1-9]`, dom, c.name)
		assert.Regexp(t, `(?s)<svg[^>]*id="chart-days".*?<rect class="newly_dropped"[^>]*height="[1-9]`, dom, c.name)
		assert.NotRegexp(t, `<form[^>]*hidden`, dom, "the script shows the filters")
	}
}

// TestBrowserSeesErrors makes sure that an error would be seen.
func TestBrowserSeesErrors(t *testing.T) {
	b := newBrowser(t)
	html, err := page.HTML(report(t))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "page.html")
	foreign := bytes.Replace(html, []byte("</main>"), []byte(`<script>document.title = "ours"</script></main>`), 1)
	require.NoError(t, os.WriteFile(path, foreign, 0o644))
	dom, console := b.open(path, "")
	assert.Contains(t, console, "Content Security Policy")
	assert.NotContains(t, dom, "<title>ours")
}
