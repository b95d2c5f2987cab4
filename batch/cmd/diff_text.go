package cmd

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/plugreel/plugreel/batch/diff"
)

// palette colours text, if it is on.
type palette struct{ on bool }

func (p palette) paint(code, text string) string {
	if !p.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p palette) bold(text string) string { return p.paint("1", text) }
func (p palette) dim(text string) string  { return p.paint("2", text) }

// kind colours what belongs to a kind of difference.
func (p palette) kind(kind, text string) string {
	switch kind {
	case diff.KindAdded, diff.KindNoLongerDropped, diff.KindNoLongerFailing:
		return p.paint("32", text)
	case diff.KindRemoved, diff.KindNewlyDropped, diff.KindNewlyFailing:
		return p.paint("31", text)
	}
	return p.paint("33", text)
}

// How much of a report is shown to people; all of it is in the JSON and on the page.
const (
	textPaths  = 30
	textGroups = 10
	textValue  = 100 // characters
)

// diffPrinter prints a report for people.
type diffPrinter struct {
	bytes.Buffer
	palette
	r *diff.Report
}

func diffText(r *diff.Report, p palette) []byte {
	d := &diffPrinter{palette: p, r: r}
	d.counts()
	d.paths()
	d.webhooks()
	d.groups("By event", r.Events)
	d.groups("By day", r.Days)
	d.failures()
	return d.Bytes()
}

func (d *diffPrinter) line(format string, args ...any) {
	d.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (d *diffPrinter) heading(text string) { d.line("\n%s", d.bold(text)) }

func (d *diffPrinter) counts() {
	c := &d.r.Counts
	d.line("%s %s\n%s %s\n", d.dim("old:"), d.r.Old.Chain, d.dim("new:"), d.r.New.Chain)
	d.line("%s", d.bold(count(c.Records, "event")+" compared"))
	respelled := ""
	if c.Respelled > 0 {
		respelled = d.dim(fmt.Sprintf("  (%s only spelled differently)", grouped(c.Respelled)))
	}
	for _, row := range append(c.Labelled(), diff.Labelled{Kind: diff.KindChanged, Label: "with other captured events", N: c.Captured}) {
		label := row.Label
		if label == "identical" {
			label += respelled
		}
		text := fmt.Sprintf("%12s  %6s  %s", grouped(row.N), percent(row.N, c.Records), label)
		switch {
		case row.Kind != "" && row.N > 0:
			d.line("%s", d.kind(row.Kind, text))
		case row.N > 0 || row.Label == "identical" || row.Label == "changed":
			d.line("%s", text)
		}
	}
	if c.Unread > 0 {
		d.line("%s", d.dim(fmt.Sprintf("%12s          could not be read", grouped(c.Unread))))
	}
}

func percent(n, of int64) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

func (d *diffPrinter) paths() {
	if len(d.r.Paths) == 0 {
		return
	}
	d.heading("Members")
	d.line("%s", d.dim("       added     removed     changed"))
	for i, p := range d.r.Paths {
		if i == textPaths {
			d.line("  and %s more; --json and --html have them all", grouped(int64(len(d.r.Paths)-i)))
			break
		}
		d.line("%s%s%s  %s", d.number(diff.KindAdded, p.Added), d.number(diff.KindRemoved, p.Removed), d.number(diff.KindChanged, p.Changed), d.bold(clipped(p.Path)))
		for _, e := range p.Examples {
			d.example(e)
		}
	}
}

// number is a cell of a table; nothing is a dot.
func (d *diffPrinter) number(kind string, n int64) string {
	if n == 0 {
		return d.dim(fmt.Sprintf("%12s", "·"))
	}
	return d.kind(kind, fmt.Sprintf("%12s", grouped(n)))
}

func (d *diffPrinter) example(e diff.PathSample) {
	text := d.kind(diff.KindRemoved, clipped(e.Before))
	switch e.Kind {
	case diff.KindAdded:
		text = d.kind(diff.KindAdded, "+ "+clipped(e.After))
	case diff.KindRemoved:
		text = d.kind(diff.KindRemoved, "- "+clipped(e.Before))
	default:
		text += d.dim(" → ") + d.kind(diff.KindAdded, clipped(e.After))
	}
	d.line("%36s  %s  %s", "", text, d.dim(where(e.UUID, e.Place)))
}

// where names a record by its uuid, or else by its place.
func where(uuid string, at diff.Place) string {
	if uuid != "" {
		return clipped(uuid)
	}
	return at.String()
}

// clipped makes a text of the archive fit for a line of a terminal: nothing in it moves the cursor, or turns around what
// stands beside it.
func clipped(text string) string {
	runes := []rune(text)
	if len(runes) > textValue {
		runes = append(runes[:textValue:textValue], '…')
	}
	var b strings.Builder
	for _, c := range runes {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			fmt.Fprintf(&b, `\u%04x`, c)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (d *diffPrinter) webhooks() {
	if len(d.r.Webhooks) == 0 {
		return
	}
	d.heading("Webhooks")
	d.line("%s", d.dim("       added     removed     changed"))
	for _, w := range d.r.Webhooks {
		var parts []string
		for _, p := range []struct {
			name string
			n    int64
		}{{"url", w.URL}, {"method", w.Method}, {"headers", w.Headers}, {"body", w.Body}} {
			if p.n > 0 {
				parts = append(parts, p.name+" "+grouped(p.n))
			}
		}
		d.line("%s%s%s  %s  %s", d.number(diff.KindAdded, w.Added), d.number(diff.KindRemoved, w.Removed), d.number(diff.KindChanged, w.Changed), d.bold(clipped(w.Plugin)), d.dim(strings.Join(parts, ", ")))
	}
}

// groups prints those groups in which something differs.
func (d *diffPrinter) groups(title string, groups []diff.Group) {
	var differing []diff.Group
	for _, g := range groups {
		if !g.Quiet() {
			differing = append(differing, g)
		}
	}
	if len(differing) == 0 {
		return
	}
	d.heading(title)
	d.line("%s", d.dim("     changed     dropped   undropped     failing   of"))
	for i, g := range differing {
		if i == textGroups {
			d.line("  and %s more; --json and --html have them all", grouped(int64(len(differing)-i)))
			break
		}
		name := clipped(g.Name)
		if name == "" {
			name = "(none)"
		}
		d.line("%s%s%s%s   %-12s %s", d.number(diff.KindChanged, g.Changed), d.number(diff.KindNewlyDropped, g.NewlyDropped),
			d.number(diff.KindNoLongerDropped, g.NoLongerDropped), d.number(diff.KindNewlyFailing, g.NewlyFailing), grouped(g.Records), d.bold(name))
	}
}

// failures prints the examples of events on which hooks have begun to fail.
func (d *diffPrinter) failures() {
	if d.r.Counts.NewlyFailing == 0 {
		return
	}
	d.heading("Newly failing")
	shown := 0
	for _, e := range d.r.Examples {
		if e.OldFailure == "" && e.NewFailure != "" && shown < textGroups {
			shown++
			d.line("  %s  %s  %s", d.kind(diff.KindNewlyFailing, clipped(e.NewFailure)), clipped(e.Event), d.dim(where(e.UUID, e.Place)))
		}
	}
}
