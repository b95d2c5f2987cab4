package intl

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // results must not depend on the zones that the machine has
)

// DateFormat is the resolved options of an Intl.DateTimeFormat. Components hold "numeric",
// "2-digit", "long", "short" or "narrow"; empty ones are left out. If DateStyle or TimeStyle is
// set, components are ignored.
type DateFormat struct {
	Locale         string // US or GB
	Zone           *time.Location
	DateStyle      string
	TimeStyle      string
	Weekday        string
	Era            string
	Year           string
	Month          string
	Day            string
	DayPeriod      string
	Hour           string
	Minute         string
	Second         string
	FractionDigits int    // of the second, 0 to 3
	ZoneName       string // short, long, shortOffset, longOffset, shortGeneric or longGeneric
	HourCycle      string // h11, h12, h23 or h24; empty for the locale's own
}

// Parts formats t in the format's zone.
func (f *DateFormat) Parts(t time.Time) []Part {
	if f.DateStyle != "" || f.TimeStyle != "" {
		return f.styled().parts(t)
	}
	return f.parts(t)
}

// styled replaces the styles by components.
func (f *DateFormat) styled() *DateFormat {
	g := &DateFormat{Locale: f.Locale, Zone: f.Zone, HourCycle: f.HourCycle}
	switch f.DateStyle {
	case "full":
		g.Weekday, g.Year, g.Month, g.Day = "long", "numeric", "long", "numeric"
	case "long":
		g.Year, g.Month, g.Day = "numeric", "long", "numeric"
	case "medium":
		g.Year, g.Month, g.Day = "numeric", "short", "numeric"
	case "short":
		g.Year, g.Month, g.Day = "2-digit", "numeric", "numeric"
		if f.Locale == GB {
			g.Year = "numeric"
		}
	}
	if f.TimeStyle == "" {
		return g
	}
	g.Hour, g.Minute = "numeric", "2-digit"
	if f.Locale == GB {
		g.Hour = "2-digit"
	}
	if f.TimeStyle != "short" {
		g.Second = "2-digit"
	}
	switch f.TimeStyle {
	case "full":
		g.ZoneName = "long"
	case "long":
		g.ZoneName = "short"
	}
	return g
}

func (f *DateFormat) parts(t time.Time) []Part {
	t = t.In(f.Zone)
	date, clock := f.date(t), f.clock(t)
	if f.ZoneName != "" {
		if len(clock) > 0 {
			separator := " "
			if f.Locale == GB && f.Minute == "" {
				separator = "h "
			}
			clock = append(clock, literal(separator))
		}
		clock = append(clock, Part{"timeZoneName", ZoneName(f.Locale, f.ZoneName, t)})
	}
	if len(date) == 0 || len(clock) == 0 {
		return append(date, clock...)
	}
	return append(append(date, literal(f.glue())), clock...)
}

// glue stands between date and time.
func (f *DateFormat) glue() string {
	switch {
	case f.Month == "long":
		return " at "
	case f.Weekday != "" && f.Month == "" && f.Day == "" && f.Year == "" && (f.Locale == US || f.Minute != ""):
		return " "
	}
	return ", "
}

func literal(s string) Part { return Part{"literal", s} }

// date is the parts of the date in the locale's order.
func (f *DateFormat) date(t time.Time) (parts []Part) {
	weekday := Part{"weekday", named(f.Weekday, t.Weekday().String())}
	year, month, day := f.year(t), f.month(t), Part{"day", number(f.paddedDay(), t.Day())}
	switch {
	case f.Month == "":
		parts = f.dateWithoutMonth(weekday, year, day)
	case f.Month == "numeric" || f.Month == "2-digit":
		fields := []Part{month, day, year}
		if f.Locale == GB {
			fields = []Part{day, month, year}
		}
		parts = joined("/", fields)
		if f.Weekday != "" {
			parts = append([]Part{weekday, literal(", ")}, parts...)
		}
	case f.Day == "" && f.Weekday != "" && f.Year == "":
		parts = joined(" ", []Part{month, weekday})
	case f.Locale == GB:
		parts = joined(" ", []Part{day, month, year})
		if f.Weekday != "" {
			separator := " "
			if f.Year != "" {
				separator = ", "
			}
			parts = append([]Part{weekday, literal(separator)}, parts...)
		}
	default:
		parts = joined(" ", []Part{month, day})
		if f.Year != "" {
			separator := " "
			if f.Day != "" {
				separator = ", "
			}
			parts = append(parts, literal(separator), year)
		}
		if f.Weekday != "" {
			parts = append([]Part{weekday, literal(", ")}, parts...)
		}
	}
	if f.Era != "" {
		if len(parts) > 0 {
			parts = append(parts, literal(" "))
		}
		parts = append(parts, f.era(t))
	}
	return parts
}

// dateWithoutMonth has the combinations that nobody asks for on purpose.
func (f *DateFormat) dateWithoutMonth(weekday, year, day Part) []Part {
	switch {
	case f.Year != "" && f.Day != "":
		parts := []Part{year, literal(" (day: "), day, literal(")")}
		if f.Weekday != "" {
			parts = append(parts, literal(" "), weekday)
		}
		return parts
	case f.Day != "" && f.Locale == GB:
		return joined(" ", []Part{weekday, day})
	}
	return joined(" ", []Part{year, day, weekday})
}

// joined puts the separator between parts that have a value.
func joined(separator string, fields []Part) (parts []Part) {
	for _, p := range fields {
		if p.Value == "" {
			continue
		}
		if len(parts) > 0 {
			parts = append(parts, literal(separator))
		}
		parts = append(parts, p)
	}
	return parts
}

func named(width, name string) string {
	switch width {
	case "":
		return ""
	case "short":
		return name[:3]
	case "narrow":
		return name[:1]
	}
	return name
}

func number(width string, n int) string {
	switch width {
	case "":
		return ""
	case "2-digit":
		if n = n % 100; n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// numericDate says that en-GB writes days and months with two digits: where several stand
// together without a name.
func (f *DateFormat) numericDate() bool {
	return f.Locale == GB && (f.Month == "numeric" || f.Month == "2-digit") && (f.Year != "" || f.Day != "")
}

func (f *DateFormat) paddedDay() string {
	if f.Day != "" && f.numericDate() {
		return "2-digit"
	}
	return f.Day
}

func (f *DateFormat) month(t time.Time) Part {
	switch f.Month {
	case "long", "short", "narrow":
		name := named(f.Month, t.Month().String())
		if f.Locale == GB && f.Month == "short" && t.Month() == time.September {
			name = "Sept"
		}
		return Part{"month", name}
	}
	width := f.Month
	if width != "" && f.numericDate() {
		width = "2-digit"
	}
	return Part{"month", number(width, int(t.Month()))}
}

// year counts back from 1 BC = 1 before the first year.
func (f *DateFormat) year(t time.Time) Part {
	y := t.Year()
	if y <= 0 {
		y = 1 - y
	}
	return Part{"year", number(f.Year, y)}
}

func (f *DateFormat) era(t time.Time) Part {
	names := map[string][2]string{"long": {"Before Christ", "Anno Domini"}, "short": {"BC", "AD"}, "narrow": {"B", "A"}}[f.Era]
	if t.Year() <= 0 {
		return Part{"era", names[0]}
	}
	return Part{"era", names[1]}
}

// cycle is the hour cycle, the locale's own if none is set.
func (f *DateFormat) cycle() string {
	switch {
	case f.HourCycle != "":
		return f.HourCycle
	case f.Locale == GB:
		return "h23"
	}
	return "h12"
}

// clock is the parts of the time of day.
func (f *DateFormat) clock(t time.Time) (parts []Part) {
	cycle := f.cycle()
	twelve := cycle == "h11" || cycle == "h12"
	if f.Hour != "" {
		parts = append(parts, Part{"hour", f.hour(t, cycle)})
	}
	if f.Minute != "" {
		width := "2-digit"
		if f.Hour == "" && f.Second == "" {
			width = "numeric"
		}
		parts = separated(parts, ":", Part{"minute", number(width, t.Minute())})
	}
	if f.Second != "" {
		width := "2-digit"
		if f.Hour == "" && f.Minute == "" {
			width = "numeric"
		}
		parts = separated(parts, ":", Part{"second", number(width, t.Second())})
	}
	if n := f.FractionDigits; n > 0 {
		digits := strconv.Itoa(1000 + t.Nanosecond()/1e6)[1:]
		parts = separated(parts, ".", Part{"fractionalSecond", digits[:min(n, 3)]})
	}
	switch {
	case f.DayPeriod != "" && f.Hour == "":
		parts = append(parts, Part{"dayPeriod", f.flexible(t)})
	case f.Hour == "" || !twelve:
	case f.DayPeriod != "":
		parts = append(parts, literal(" "), Part{"dayPeriod", f.flexible(t)})
	default:
		parts = append(parts, literal("\u202f"), Part{"dayPeriod", f.half(t)})
	}
	return parts
}

func separated(parts []Part, separator string, p Part) []Part {
	if len(parts) > 0 {
		parts = append(parts, literal(separator))
	}
	return append(parts, p)
}

func (f *DateFormat) hour(t time.Time, cycle string) string {
	h, width := t.Hour(), f.Hour
	switch cycle {
	case "h11":
		h %= 12
	case "h12":
		h = (h+11)%12 + 1
	case "h24":
		h = (h+23)%24 + 1
	}
	if f.Locale == US && (cycle == "h23" || cycle == "h24") {
		width = "2-digit"
	}
	return number(width, h)
}

// half is AM or PM.
func (f *DateFormat) half(t time.Time) string {
	s := "AM"
	if t.Hour() >= 12 {
		s = "PM"
	}
	if f.Locale == GB {
		return strings.ToLower(s)
	}
	return s
}

// flexible is the part of the day in words.
func (f *DateFormat) flexible(t time.Time) string {
	switch h := t.Hour(); {
	case h == 12 && f.DayPeriod == "narrow":
		return "n"
	case h == 12:
		return "noon"
	case h >= 21:
		return "at night"
	case h < 12:
		return "in the morning"
	case h < 18:
		return "in the afternoon"
	}
	return "in the evening"
}
