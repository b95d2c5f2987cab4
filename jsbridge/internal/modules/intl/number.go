package intl

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NumberFormat is the resolved options of an Intl.NumberFormat.
type NumberFormat struct {
	Locale                string // US or GB
	Style                 string // decimal, percent, currency or unit
	Currency              string // three capital letters
	CurrencyDisplay       string // symbol, narrowSymbol, code or name
	Accounting            bool   // negative amounts in parentheses
	Unit, UnitDisplay     string // as the unit is written: "kilometer"; short, narrow or long
	Notation              string // standard, compact, scientific or engineering
	CompactLong           bool   // thousand, not K
	SignDisplay           string // auto, always, never, exceptZero or negative
	Grouping              string // auto, always, min2, or empty for none
	MinInteger            int
	MinFraction           int
	MaxFraction           int
	MinSignificant        int // 0 if fraction digits decide
	MaxSignificant        int
	RoundCompactToInteger bool // compact notation with its own rule: two digits below 100, none above
}

// decimal is a number as digits: 0.digits × 10^point.
type decimal struct {
	negative bool
	digits   []byte // '0' to '9', no zero in front or behind; empty for zero
	point    int
}

func newDecimal(s string) decimal {
	var d decimal
	if strings.HasPrefix(s, "-") {
		d.negative, s = true, s[1:]
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	e, _ := strconv.Atoi(exponent)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	d.digits = []byte(whole + fraction)
	d.point = len(whole) + e
	return d.trim()
}

func (d decimal) trim() decimal {
	for len(d.digits) > 0 && d.digits[0] == '0' {
		d.digits = d.digits[1:]
		d.point--
	}
	for n := len(d.digits); n > 0 && d.digits[n-1] == '0'; n-- {
		d.digits = d.digits[:n-1]
	}
	if len(d.digits) == 0 {
		d.point = 0
	}
	return d
}

// round keeps n digits, half away from zero.
func (d decimal) round(n int) decimal {
	if n >= len(d.digits) {
		return d
	}
	up := n >= 0 && d.digits[n] >= '5'
	kept := append([]byte{'0'}, d.digits[:max(n, 0)]...)
	if up {
		i := len(kept) - 1
		for ; kept[i] == '9'; i-- {
			kept[i] = '0'
		}
		kept[i]++
	}
	return decimal{d.negative, kept, d.point + 1}.trim()
}

// split writes the digits before and behind the point, the latter at least as many as least.
func (d decimal) split(least int) (whole, fraction string) {
	s := string(d.digits)
	switch {
	case d.point <= 0:
		whole, fraction = "0", strings.Repeat("0", -d.point)+s
	case d.point >= len(s):
		whole = s + strings.Repeat("0", d.point-len(s))
	default:
		whole, fraction = s[:d.point], s[d.point:]
	}
	if len(s) == 0 {
		whole, fraction = "0", ""
	}
	if n := least - len(fraction); n > 0 {
		fraction += strings.Repeat("0", n)
	}
	return whole, fraction
}

// Parts formats a double.
func (f *NumberFormat) Parts(x float64) []Part {
	switch {
	case math.IsNaN(x):
		return f.dress(decimal{}, []Part{{"nan", "NaN"}}, "")
	case math.IsInf(x, 0):
		return f.dress(decimal{negative: x < 0, digits: []byte{'1'}}, []Part{{"infinity", "∞"}}, "")
	}
	return f.decimalParts(newDecimal(strconv.FormatFloat(x, 'g', -1, 64)))
}

// BigParts formats an integer of any size.
func (f *NumberFormat) BigParts(n *big.Int) []Part { return f.decimalParts(newDecimal(n.String())) }

// TextParts formats a decimal number as it is written, whatever its length: -12.50, 1e9.
func (f *NumberFormat) TextParts(number string) []Part { return f.decimalParts(newDecimal(number)) }

func (f *NumberFormat) decimalParts(d decimal) []Part {
	if f.Style == "percent" && len(d.digits) > 0 {
		d.point += 2
	}
	switch f.Notation {
	case "compact":
		return f.compact(d)
	case "scientific", "engineering":
		return f.scientific(d)
	}
	d, digits := f.rounded(d)
	return f.dress(d, digits, "")
}

// rounded is the number as it is shown, and its digits in parts.
func (f *NumberFormat) rounded(d decimal) (decimal, []Part) {
	least := f.MinFraction
	if f.MaxSignificant > 0 {
		d = d.round(f.MaxSignificant)
		least = f.MinSignificant - d.point
		if len(d.digits) == 0 {
			least = f.MinSignificant - 1
		}
	} else {
		d = d.round(d.point + f.MaxFraction)
	}
	whole, fraction := d.split(least)
	if n := f.MinInteger - len(whole); n > 0 {
		whole = strings.Repeat("0", n) + whole
	}
	parts := f.group(whole)
	if fraction != "" {
		parts = append(parts, Part{"decimal", "."}, Part{"fraction", fraction})
	}
	return d, parts
}

// group puts a comma before each three digits.
func (f *NumberFormat) group(whole string) (parts []Part) {
	if f.Grouping == "" || len(whole) <= 3 || f.Grouping == "min2" && len(whole) <= 4 {
		return []Part{{"integer", whole}}
	}
	first := (len(whole)-1)%3 + 1
	parts = append(parts, Part{"integer", whole[:first]})
	for i := first; i < len(whole); i += 3 {
		parts = append(parts, Part{"group", ","}, Part{"integer", whole[i : i+3]})
	}
	return parts
}

var compactUnits = [5][2]string{{}, {"K", "thousand"}, {"M", "million"}, {"B", "billion"}, {"T", "trillion"}}

func (f *NumberFormat) compact(d decimal) []Part {
	power := 0
	for ; power < len(compactUnits)-1; power++ {
		if r, _ := f.compactRound(d, power); r.point-3*power <= 3 {
			break
		}
	}
	r, digits := f.compactRound(d, power)
	unit := ""
	if power > 0 {
		unit = compactUnits[power][0]
		if f.CompactLong {
			unit = compactUnits[power][1]
		}
	}
	return f.dress(r, digits, unit)
}

// compactRound rounds d as so many thousands, and writes it so.
func (f *NumberFormat) compactRound(d decimal, power int) (decimal, []Part) {
	d.point -= 3 * power
	g := *f
	g.Grouping = "min2"
	if f.Grouping == "" {
		g.Grouping = ""
	}
	if f.RoundCompactToInteger {
		g.MinFraction, g.MaxFraction, g.MinSignificant, g.MaxSignificant = 0, 0, 0, 0
		if d.point < 2 {
			g.MaxSignificant, g.MinSignificant = 2, 1
		}
	}
	r, digits := g.rounded(d)
	r.point += 3 * power
	return r, digits
}

func (f *NumberFormat) scientific(d decimal) []Part {
	exponent := 0
	if len(d.digits) > 0 {
		exponent = d.point - 1
		if f.Notation == "engineering" {
			exponent -= ((exponent % 3) + 3) % 3
		}
	}
	d.point -= exponent
	d, digits := f.rounded(d)
	digits = append(digits, Part{"exponentSeparator", "E"})
	if exponent < 0 {
		digits = append(digits, Part{"exponentMinusSign", "-"})
		exponent = -exponent
	}
	digits = append(digits, Part{"exponentInteger", strconv.Itoa(exponent)})
	return f.dress(d, digits, "")
}

// dress puts sign, currency, unit and percent sign around the digits.
func (f *NumberFormat) dress(d decimal, digits []Part, compact string) (parts []Part) {
	sign := f.sign(d)
	accounting := f.Style == "currency" && f.Accounting && sign == "-"
	switch {
	case accounting:
		parts = append(parts, literal("("))
	case sign == "-":
		parts = append(parts, Part{"minusSign", sign})
	case sign == "+":
		parts = append(parts, Part{"plusSign", sign})
	}
	if f.Style == "currency" && f.CurrencyDisplay != "name" {
		symbol := f.symbol()
		parts = append(parts, Part{"currency", symbol})
		if last, _ := utf8.DecodeLastRuneInString(symbol); unicode.IsLetter(last) {
			parts = append(parts, literal("\u00a0"))
		}
	}
	parts = append(parts, digits...)
	if compact != "" {
		if f.CompactLong {
			parts = append(parts, literal(" "))
		}
		parts = append(parts, Part{"compact", compact})
	}
	switch {
	case f.Style == "percent":
		parts = append(parts, Part{"percentSign", "%"})
	case f.Style == "unit":
		parts = append(parts, f.unit(one(digits))...)
	case f.Style == "currency" && f.CurrencyDisplay == "name":
		parts = append(parts, literal(" "), Part{"currency", currencyName(f.Currency, one(digits))})
	}
	if accounting {
		parts = append(parts, literal(")"))
	}
	return parts
}

func (f *NumberFormat) sign(d decimal) string {
	zero := len(d.digits) == 0
	switch f.SignDisplay {
	case "never":
		return ""
	case "always":
		if d.negative {
			return "-"
		}
		return "+"
	case "exceptZero", "negative":
		switch {
		case zero:
			return ""
		case d.negative:
			return "-"
		case f.SignDisplay == "exceptZero":
			return "+"
		}
		return ""
	}
	if d.negative {
		return "-"
	}
	return ""
}

func one(digits []Part) bool { return Text(digits) == "1" }
