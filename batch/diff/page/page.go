// Package page makes a page for a browser of what package diff found out.
//
// The front door is [HTML]. The page is one file that needs nothing else: its style and its script are
// in it, charts are drawn here, and a content security policy by which nothing is loaded or sent
// stands at its head. It follows the browser's light or dark setting, works without the script but
// for the filters, and with the keyboard alone.
//
// # Vocabulary
//
//	chart     bars for event names or days, with the same numbers in a table below
//	part      the share of a bar that one kind of difference has
//	filter    what is shown of members and examples: event name, kind, text; it stands in the
//	          fragment of the address, so that a view of the page can be passed on
//
// # Design notes
//
// Everything of the archive goes through html/template into text and attributes, nothing of it
// into the script: a page made of hostile events is as harmless as they are.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"slices"

	"github.com/plugreel/plugreel/batch/diff"
)

// MaxPaths is how many paths a page shows; the others are counted.
const MaxPaths = 500

var (
	//go:embed page.html
	markup string
	//go:embed page.css
	style string
	//go:embed page.js
	script string
)

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"grouped": grouped, "percent": percent, "label": label, "split": split, "pretty": pretty, "kinds": kindsOf, "named": named,
}).Parse(markup))

// view is what the template shows.
type view struct {
	*diff.Report
	Policy      string
	Style       template.CSS
	Script      template.JS
	Tiles       []diff.Labelled
	Days        chart
	Names       chart
	Filter      filter
	Paths       []diff.Path
	HiddenPaths int
}

// filter is what there is to choose from.
type filter struct{ Events, Kinds []string }

// HTML returns the page. It holds what the report holds, and may be as long.
func HTML(r *diff.Report) ([]byte, error) {
	shown := r.Paths[:min(len(r.Paths), MaxPaths)]
	v := view{
		Report: r, Policy: policy(), Style: template.CSS(style), Script: template.JS(script),
		Tiles: tiles(&r.Counts), Days: dayChart(r.Days), Names: eventChart(r.Events), Filter: filters(r.Examples),
		Paths: shown, HiddenPaths: len(r.Paths) - len(shown),
	}
	var b bytes.Buffer
	err := page.Execute(&b, &v)
	return b.Bytes(), err
}

// policy lets the page's own style and script work, and nothing else.
func policy() string {
	return "default-src 'none'; style-src " + source(style) + "; script-src " + source(script) + "; base-uri 'none'; form-action 'none'"
}

func source(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func tiles(c *diff.Counts) []diff.Labelled {
	all := c.Labelled()
	always := 4
	return slices.Concat(all[:always], slices.DeleteFunc(all[always:], func(t diff.Labelled) bool { return t.N == 0 }))
}

// filters lists the event names and the kinds that examples have, in their order.
func filters(examples []diff.Example) filter {
	var f filter
	add := func(list *[]string, text string) {
		if !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	for _, e := range examples {
		add(&f.Events, e.Event)
		for _, kind := range e.Kinds {
			add(&f.Kinds, kind)
		}
	}
	slices.Sort(f.Events)
	return f
}
