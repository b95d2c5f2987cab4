package page

import (
	"math"
	"slices"

	"github.com/plugreel/plugreel/batch/diff"
)

// chart is bars of which each has parts, ready to be drawn.
type chart struct {
	Width, Height float64
	Bars          []bar
	Ticks         []tick
	Table         table
	Hidden        int    // groups beyond those, in which something differs
	Undated       int64  // records that are in no bar
	Unit          string // "day", "month" or "year"
}

// table is a chart in numbers.
type table struct {
	Head   string
	Groups []diff.Group
}

// bar is one group.
type bar struct {
	diff.Group
	Parts  []part
	X, Y   float64 // of its label
	Label  string  // "" where there is no room for one
	Middle float64 // of a lying bar: where its number stands
}

// part is one rectangle.
type part struct {
	Kind       string
	X, Y, W, H float64
}

// tick is a line across the chart.
type tick struct {
	Y    float64
	Text string
}

const (
	chartWidth = 880.0

	dayHeight = 220.0 // of the bars
	dayLeft   = 64.0
	dayTop    = 8.0
	dayFoot   = 26.0
	dayLabels = 8
	maxBars   = 120

	rowHeight = 26.0
	rowLeft   = 210.0
	rowRight  = 150.0
	maxRows   = 15
	maxLabel  = 28 // characters
)

// shares are the parts of a bar from the bottom up, or from the left.
func shares(t *diff.Tally) []share {
	return []share{{diff.KindChanged, t.Changed}, {diff.KindNewlyDropped, t.NewlyDropped}, {diff.KindNoLongerDropped, t.NoLongerDropped}}
}

type share struct {
	kind string
	n    int64
}

// dayChart draws what differs by day, or by month or year where there are many.
func dayChart(days []diff.Group) chart {
	c := chart{Width: chartWidth, Height: dayTop + dayHeight + dayFoot, Unit: "day"}
	if len(days) > 0 && days[0].Name == "" {
		c.Undated = days[0].Records
		days = days[1:]
	}
	for _, unit := range []struct {
		name   string
		length int
	}{{"month", len("2024-01")}, {"year", len("2024")}} {
		if len(days) > maxBars {
			days, c.Unit = joined(days, unit.length), unit.name
		}
	}
	c.Table = table{c.Unit, days}
	top := niceTop(days)
	c.Ticks = ticks(top)
	step := (chartWidth - dayLeft) / float64(max(len(days), 1))
	width := min(step*0.8, 48)
	for i, g := range days {
		x := dayLeft + step*(float64(i)+0.5)
		b := bar{Group: g, X: x, Y: dayTop + dayHeight + 18}
		if every := (len(days) + dayLabels - 1) / dayLabels; i%every == 0 {
			b.Label = g.Name
		}
		y := dayTop + dayHeight
		for _, s := range shares(&g.Tally) {
			h := dayHeight * float64(s.n) / float64(top)
			y -= h
			b.add(part{s.kind, x - width/2, y, width, h})
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

func (b *bar) add(p part) {
	if p.W > 0 && p.H > 0 {
		p.X, p.Y, p.W, p.H = rounded(p.X), rounded(p.Y), rounded(p.W), rounded(p.H)
		b.Parts = append(b.Parts, p)
	}
}

// rounded keeps the page short.
func rounded(x float64) float64 { return math.Round(x*100) / 100 }

// joined adds up groups whose names begin alike.
func joined(groups []diff.Group, length int) []diff.Group {
	var list []diff.Group
	for _, g := range groups {
		name := g.Name[:min(length, len(g.Name))]
		if n := len(list); n == 0 || list[n-1].Name != name {
			list = append(list, diff.Group{Name: name})
		}
		list[len(list)-1].Add(&g.Tally)
	}
	return list
}

// niceTop is the number at the top of a chart: 1, 2 or 5 with zeros.
func niceTop(groups []diff.Group) int64 {
	most := int64(1)
	for _, g := range groups {
		most = max(most, g.Differing())
	}
	for unit := int64(1); ; unit *= 10 {
		for _, top := range []int64{unit, 2 * unit, 5 * unit} {
			if top >= most {
				return top
			}
		}
	}
}

func ticks(top int64) []tick {
	var list []tick
	parts := int64(2)
	if top%5 == 0 {
		parts = 5
	}
	if top < parts {
		parts = top
	}
	for i := range parts + 1 {
		y := dayTop + dayHeight - dayHeight*float64(i)/float64(parts)
		list = append(list, tick{rounded(y), grouped(top * i / parts)})
	}
	return list
}

// eventChart draws what differs by event name, the names with most first.
func eventChart(events []diff.Group) chart {
	loud := slices.DeleteFunc(slices.Clone(events), func(g diff.Group) bool { return g.Quiet() })
	differing := slices.DeleteFunc(slices.Clone(loud), func(g diff.Group) bool { return g.Differing() == 0 })
	shown := differing[:min(len(differing), maxRows)]
	c := chart{Width: chartWidth, Height: rowHeight * float64(len(shown)), Table: table{"event name", loud}, Hidden: len(differing) - len(shown)}
	most := int64(1)
	for _, g := range shown {
		most = max(most, g.Differing())
	}
	for i, g := range shown {
		y := rowHeight * float64(i)
		b := bar{Group: g, X: rowLeft - 10, Y: y + 17, Label: short(named(g.Name))}
		x := rowLeft
		for _, s := range shares(&g.Tally) {
			w := (chartWidth - rowLeft - rowRight) * float64(s.n) / float64(most)
			b.add(part{s.kind, x, y + 4, w, rowHeight - 8})
			x += w
		}
		b.Middle = rounded(x + 8)
		c.Bars = append(c.Bars, b)
	}
	return c
}

func short(name string) string {
	runes := []rune(name)
	if len(runes) <= maxLabel {
		return name
	}
	return string(runes[:maxLabel-1]) + "…"
}
