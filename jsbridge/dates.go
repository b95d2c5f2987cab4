package jsbridge

import (
	"math"
	"strings"
	"time"
	"unicode"

	"github.com/dop251/goja"
)

// mendDate makes Date read the texts that V8 reads, as V8 reads them. The engine's own parser takes
// "1705314030123" for a day in the year 123, where V8 finds no date.
func (in *instance) mendDate(class *goja.Object) {
	in.wrap(class, "parse", func(_ goja.Callable, call goja.FunctionCall) goja.Value {
		return in.vm.ToValue(parseDate(call.Argument(0).String()))
	})
	native, _ := goja.AssertFunction(class)
	proxy := in.vm.NewProxy(class, &goja.ProxyTrapConfig{
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			return try(native(this, args...))
		},
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			if len(args) == 1 {
				if text, ok := args[0].(goja.String); ok {
					args = []goja.Value{in.vm.ToValue(parseDate(text.String()))}
				}
			}
			return in.construct(class, args, newTarget)
		},
	})
	in.replaceClass("Date", class, proxy)
}

// construct makes an object of a built-in class, or of a class that extends it.
func (in *instance) construct(class *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
	o, err := in.vm.New(class, args...)
	if err != nil {
		panic(err)
	}
	if proto, ok := newTarget.Get("prototype").(*goja.Object); ok && proto != o.Prototype() {
		must(o.SetPrototype(proto))
	}
	return o
}

// replaceClass puts a proxy in the place of a built-in class. The engine's instanceof does not know
// proxies, so the class answers itself.
func (in *instance) replaceClass(name string, class *goja.Object, proxy goja.Proxy) {
	v := in.vm.ToValue(proxy)
	hide(in.vm.GlobalObject(), name, v)
	hide(class.Get("prototype").ToObject(in.vm), "constructor", v)
	must(class.DefineDataPropertySymbol(goja.SymHasInstance, in.vm.ToValue(in.isInstance), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// isInstance says whether the prototype of the class that it is called on is behind its argument.
func (in *instance) isInstance(call goja.FunctionCall) goja.Value {
	found := false
	if o, ok := call.Argument(0).(*goja.Object); ok {
		want := call.This.ToObject(in.vm).Get("prototype")
		for o = o.Prototype(); o != nil && !found; o = o.Prototype() {
			found = o == want
		}
	}
	return in.vm.ToValue(found)
}

// parseDate is Date.parse of V8: milliseconds since 1970, NaN if text is no date. It reads ISO 8601
// as ECMAScript has it, and nearly anything else with a number in it.
// Source: dateparser.cc of V8, whose rules and order these are.
func parseDate(text string) float64 {
	s := newDateScanner(text)
	var d dateFields
	token := d.iso(s)
	if token.kind == dateInvalid || !d.legacy(s, token) {
		return math.NaN()
	}
	return d.time()
}

type dateKind uint8

const (
	dateEnd dateKind = iota
	dateInvalid
	dateNumber
	dateSymbol
	dateMonth
	dateHalf // am or pm
	dateZone
	dateT
	dateWord
	dateSpace
	dateUnknown
)

type dateToken struct {
	kind   dateKind
	value  int // of a number, symbol or keyword
	length int // in characters
}

func (t dateToken) symbol(c rune) bool { return t.kind == dateSymbol && t.value == int(c) }
func (t dateToken) isSign() bool       { return t.symbol('+') || t.symbol('-') }
func (t dateToken) isZ() bool          { return t.kind == dateZone && t.length == 1 }
func (t dateToken) fixed(length, low, high int) bool {
	return t.kind == dateNumber && t.length == length && t.value >= low && t.value <= high
}

// sign is 1 or -1.
func (t dateToken) sign() int { return int(',') - t.value }

// dateKeywords are known by their first three letters; only months may be longer.
var dateKeywords = map[string]dateToken{
	"jan": {kind: dateMonth, value: 1}, "feb": {kind: dateMonth, value: 2}, "mar": {kind: dateMonth, value: 3},
	"apr": {kind: dateMonth, value: 4}, "may": {kind: dateMonth, value: 5}, "jun": {kind: dateMonth, value: 6},
	"jul": {kind: dateMonth, value: 7}, "aug": {kind: dateMonth, value: 8}, "sep": {kind: dateMonth, value: 9},
	"oct": {kind: dateMonth, value: 10}, "nov": {kind: dateMonth, value: 11}, "dec": {kind: dateMonth, value: 12},
	"am": {kind: dateHalf}, "pm": {kind: dateHalf, value: 12}, "t": {kind: dateT},
	"z": {kind: dateZone}, "ut": {kind: dateZone}, "utc": {kind: dateZone}, "gmt": {kind: dateZone},
	"cdt": {kind: dateZone, value: -5}, "cst": {kind: dateZone, value: -6}, "edt": {kind: dateZone, value: -4},
	"est": {kind: dateZone, value: -5}, "mdt": {kind: dateZone, value: -6}, "mst": {kind: dateZone, value: -7},
	"pdt": {kind: dateZone, value: -7}, "pst": {kind: dateZone, value: -8},
}

// dateScanner cuts a text into tokens, one ahead.
type dateScanner struct {
	text []rune
	at   int
	peek dateToken
}

func newDateScanner(text string) *dateScanner {
	s := &dateScanner{text: []rune(text)}
	s.next()
	return s
}

// next returns the token that was ahead.
func (s *dateScanner) next() dateToken {
	token := s.peek
	from := s.at
	s.peek = s.scan()
	s.peek.length = s.at - from
	return token
}

func (s *dateScanner) skip(c rune) bool {
	if !s.peek.symbol(c) {
		return false
	}
	s.next()
	return true
}

func (s *dateScanner) scan() dateToken {
	if s.at == len(s.text) {
		return dateToken{kind: dateEnd}
	}
	switch c := s.text[s.at]; {
	case c >= '0' && c <= '9':
		return s.number()
	case strings.ContainsRune(":-+.)", c):
		s.at++
		return dateToken{kind: dateSymbol, value: int(c)}
	case isDateSpace(c):
		s.at++
		return dateToken{kind: dateSpace}
	case c >= 'A':
		return s.word()
	case c == '(':
		s.parentheses()
	default:
		s.at++
	}
	return dateToken{kind: dateUnknown}
}

// maxDateDigits is how many digits of a number count, zeros in front left out.
const maxDateDigits = 9

func (s *dateScanner) number() dateToken {
	n, digits := 0, 0
	for ; s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9'; s.at++ {
		if digits == 0 && s.text[s.at] == '0' {
			continue
		}
		if digits < maxDateDigits {
			n = n*10 + int(s.text[s.at]-'0')
		}
		digits++
	}
	return dateToken{kind: dateNumber, value: n}
}

func (s *dateScanner) word() dateToken {
	const prefix = 3
	from := s.at
	for s.at < len(s.text) && s.text[s.at] >= 'A' && !isDateSpace(s.text[s.at]) {
		s.at++
	}
	word := strings.ToLower(string(s.text[from:min(s.at, from+prefix)]))
	token, ok := dateKeywords[word]
	if !ok || s.at-from > prefix && token.kind != dateMonth {
		return dateToken{kind: dateWord}
	}
	return token
}

// parentheses skips a remark, to the end if it does not end.
func (s *dateScanner) parentheses() {
	for depth := 0; s.at < len(s.text); {
		switch s.text[s.at] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if s.at++; depth == 0 {
			return
		}
	}
}

func isDateSpace(c rune) bool { return unicode.IsSpace(c) && c != '\u0085' || c == '\ufeff' }

// dateFields collects what the tokens say.
type dateFields struct {
	day     []int // up to three numbers, in the order of the text
	month   int   // by name, 0 if it is one of the numbers
	isISO   bool
	clock   []int // hour, minute, second, millisecond
	half    int   // 0 or 12 with am or pm
	hasHalf bool
	zone    zoneFields
}

type zoneFields struct {
	sign               int // 0 local time
	hour, minute       int
	hasHour, hasMinute bool
}

func (z *zoneFields) set(hours int) {
	*z = zoneFields{sign: 1, hour: hours, hasHour: true, hasMinute: true}
	if hours < 0 {
		z.sign, z.hour = -1, -hours
	}
}

func (z *zoneFields) isUTC() bool { return z.hasHour && z.hasMinute && z.hour == 0 && z.minute == 0 }

func (z *zoneFields) expects(n int) bool { return z.hasHour && !z.hasMinute && n < 60 }

func (d *dateFields) addDay(n int) bool {
	if len(d.day) == 3 {
		return false
	}
	d.day = append(d.day, n)
	return true
}

func (d *dateFields) addClock(n int) bool {
	if len(d.clock) == 4 {
		return false
	}
	d.clock = append(d.clock, n)
	return true
}

func (d *dateFields) finishClock(n int) {
	d.addClock(n)
	for d.addClock(0) {
	}
}

func (d *dateFields) clockExpects(n int) bool {
	switch len(d.clock) {
	case 1, 2:
		return n < 60
	case 3:
		return n < 1000
	}
	return false
}

// iso reads a date of ECMAScript's format. It returns the end if all was read, an invalid token if
// the time is wrong, else the token with which the rest begins.
func (d *dateFields) iso(s *dateScanner) dateToken {
	const unbounded = math.MaxInt
	switch {
	case s.peek.isSign():
		sign := s.next()
		if !s.peek.fixed(6, 0, unbounded) || sign.sign() < 0 && s.peek.value == 0 {
			return sign
		}
		d.addDay(sign.sign() * s.next().value)
	case s.peek.fixed(4, 0, unbounded):
		d.addDay(s.next().value)
	default:
		return s.next()
	}
	for _, most := range []int{12, 31} {
		if !s.skip('-') {
			break
		}
		if !s.peek.fixed(2, 1, most) {
			return s.next()
		}
		d.addDay(s.next().value)
	}
	switch s.peek.kind {
	case dateT:
		s.next()
		if !d.isoTime(s) || !d.isoZone(s) || s.peek.kind != dateEnd {
			return dateToken{kind: dateInvalid}
		}
	case dateEnd:
		d.zone.set(0)
	default:
		return s.next()
	}
	d.isISO = true
	return dateToken{kind: dateEnd}
}

func (d *dateFields) isoTime(s *dateScanner) bool {
	if !s.peek.fixed(2, 0, 24) {
		return false
	}
	most := 59
	if s.peek.value == 24 {
		most = 0
	}
	d.addClock(s.next().value)
	if !s.skip(':') || !s.peek.fixed(2, 0, most) {
		return false
	}
	d.addClock(s.next().value)
	if !s.skip(':') {
		return true
	}
	if !s.peek.fixed(2, 0, most) {
		return false
	}
	d.addClock(s.next().value)
	if !s.skip('.') {
		return true
	}
	if s.peek.kind != dateNumber || most == 0 && s.peek.value > 0 {
		return false
	}
	d.addClock(milliseconds(s.next()))
	return true
}

func (d *dateFields) isoZone(s *dateScanner) bool {
	if s.peek.isZ() {
		s.next()
		d.zone.set(0)
		return true
	}
	if !s.peek.isSign() {
		return true
	}
	sign := s.next().sign()
	hour, minute := s.peek.value/100, s.peek.value%100
	if s.peek.fixed(4, 0, 2359) && minute < 60 {
		s.next()
	} else {
		if !s.peek.fixed(2, 0, 23) {
			return false
		}
		hour = s.next().value
		if !s.skip(':') || !s.peek.fixed(2, 0, 59) {
			return false
		}
		minute = s.next().value
	}
	d.zone = zoneFields{sign: sign, hour: hour, minute: minute, hasHour: true, hasMinute: true}
	return true
}

// milliseconds reads the digits behind a point.
func milliseconds(t dateToken) int {
	n := t.value
	for length := t.length; length < 3; length++ {
		n *= 10
	}
	for length := min(t.length, maxDateDigits); length > 3; length-- {
		n /= 10
	}
	return n
}

// legacy reads what iso left over, beginning with token.
func (d *dateFields) legacy(s *dateScanner, token dateToken) bool {
	hasNumber := len(d.day) > 0
	if token.kind == dateEnd {
		token = s.next()
	}
	for ; token.kind != dateEnd; token = s.next() {
		switch {
		case token.kind == dateNumber:
			hasNumber = true
			if !d.number(s, token.value) {
				return false
			}
		case token.kind >= dateMonth && token.kind <= dateWord:
			if !d.keyword(s, token, hasNumber) {
				return false
			}
		case token.isSign() && (d.zone.isUTC() || len(d.clock) > 0):
			hasNumber = true
			if !d.offset(s, token.sign()) {
				return false
			}
		case (token.isSign() || token.symbol(')')) && hasNumber:
			return false
		}
	}
	return true
}

func (d *dateFields) number(s *dateScanner, n int) bool {
	switch {
	case s.skip(':'):
		if s.skip(':') {
			if len(d.clock) > 0 {
				return false
			}
			return d.addClock(n) && d.addClock(0)
		}
		if !d.addClock(n) {
			return false
		}
		s.skip('.')
	case s.skip('.') && d.clockExpects(n):
		d.addClock(n)
		if s.peek.kind != dateNumber {
			return false
		}
		d.finishClock(milliseconds(s.next()))
	case d.zone.expects(n):
		d.zone.minute, d.zone.hasMinute = n, true
	case d.clockExpects(n):
		d.finishClock(n)
		return s.peek.kind == dateEnd || s.peek.kind == dateSpace || s.peek.isZ() || s.peek.isSign()
	default:
		if !d.addDay(n) {
			return false
		}
		s.skip('-')
	}
	return true
}

func (d *dateFields) keyword(s *dateScanner, token dateToken, hasNumber bool) bool {
	switch {
	case token.kind == dateHalf && len(d.clock) > 0:
		d.half, d.hasHalf = token.value, true
	case token.kind == dateMonth:
		d.month = token.value
		s.skip('-')
	case token.kind == dateZone && hasNumber:
		d.zone.set(token.value)
	default: // a word that means nothing may stand in front, apart from the first number
		return !hasNumber && s.peek.kind != dateNumber
	}
	return true
}

// offset reads a distance from UTC.
func (d *dateFields) offset(s *dateScanner, sign int) bool {
	d.zone.sign = sign
	n, length := 0, 0
	if s.peek.kind == dateNumber {
		token := s.next()
		n, length = token.value, token.length
	}
	switch {
	case s.peek.symbol(':'):
		d.zone.hour, d.zone.hasHour, d.zone.hasMinute = n, true, false
		return true
	case length == 1 || length == 2:
		d.zone.hour, d.zone.minute = n, 0
	case length == 3 || length == 4:
		d.zone.hour, d.zone.minute = n/100, n%100
	default:
		return false
	}
	d.zone.hasHour, d.zone.hasMinute = true, true
	return true
}

// time is the point in time that the fields mean.
func (d *dateFields) time() float64 {
	year, month, day, ok := d.date()
	if !ok {
		return math.NaN()
	}
	clock := [4]int{}
	copy(clock[:], d.clock)
	if d.hasHalf {
		if clock[0] > 12 {
			return math.NaN()
		}
		clock[0] = clock[0]%12 + d.half
	}
	if midnight := clock == [4]int{24}; !midnight && (clock[0] > 23 || clock[1] > 59 || clock[2] > 59 || clock[3] > 999) {
		return math.NaN()
	}
	zone := time.Local
	if d.zone.sign != 0 {
		zone = time.FixedZone("", d.zone.sign*(d.zone.hour*3600+d.zone.minute*60))
	}
	const most = 8.64e15
	const nanoseconds = 1_000_000
	t := float64(time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], clock[3]*nanoseconds, zone).UnixMilli())
	if math.Abs(t) > most {
		return math.NaN()
	}
	return t
}

func (d *dateFields) date() (year, month, day int, ok bool) {
	if len(d.day) == 0 {
		return 0, 0, 0, false
	}
	n := [3]int{1, 1, 1}
	copy(n[:], d.day)
	isDay := n[0] >= 1 && n[0] <= 31
	switch {
	case d.month != 0 && len(d.day) == 1 && isDay:
		year, month, day = 1, d.month, n[0]
	case d.month != 0 && !isDay:
		year, month, day = n[0], d.month, n[1]
	case d.month != 0:
		year, month, day = n[1], d.month, n[0]
	case d.isISO || !isDay:
		year, month, day = n[0], n[1], n[2]
	default:
		year, month, day = n[2], n[0], n[1]
	}
	if !d.isISO && year >= 0 && year < 50 {
		year += 2000
	} else if !d.isISO && year >= 50 && year < 100 {
		year += 1900
	}
	return year, month, day, month >= 1 && month <= 12 && day >= 1 && day <= 31
}
