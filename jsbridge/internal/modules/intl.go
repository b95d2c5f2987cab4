package modules

import (
	"math"
	"math/big"
	"os"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/dop251/goja"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/plugreel/plugreel/jsbridge/internal/modules/intl"
)

// intlObject makes the object Intl. The shim reads options; what formats is package intl.
func (l *Library) intlObject() goja.Value { return l.intlShim().Get("Intl") }

func (l *Library) intlShim() *goja.Object {
	return l.once("intl", func(l *Library) goja.Value {
		n := l.vm.NewObject()
		l.functions(n, []function{
			{"canonical", 1, func(call goja.FunctionCall) goja.Value {
				s, ok := intl.Canonical(l.text(call.Argument(0)))
				if !ok {
					return goja.Undefined()
				}
				return l.vm.ToValue(s)
			}},
			{"match", 1, func(call goja.FunctionCall) goja.Value {
				data, name := intl.MatchLocale(l.texts(call.Argument(0)))
				return l.vm.NewArray(data, name)
			}},
			{"supported", 1, func(call goja.FunctionCall) goja.Value {
				out := l.vm.NewArray()
				for i, s := range intl.Supported(l.texts(call.Argument(0))) {
					define(out, l.vm.ToValue(i).String(), l.vm.ToValue(s))
				}
				return out
			}},
			{"zone", 1, l.zoneName},
			{"currencyDigits", 1, func(call goja.FunctionCall) goja.Value {
				return l.vm.ToValue(intl.CurrencyDigits(l.text(call.Argument(0))))
			}},
			{"knownUnit", 1, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(intl.KnownUnit(l.text(call.Argument(0)))) }},
			{"dateFormat", 1, l.dateFormat},
			{"numberFormat", 1, l.numberFormat},
			{"collator", 1, l.collator},
		})
		return l.shim("intl", n)
	}).ToObject(l.vm)
}

func (l *Library) texts(v goja.Value) (texts []string) {
	l.vm.ForOf(v, func(item goja.Value) bool {
		texts = append(texts, l.text(item))
		return true
	})
	return texts
}

// zoneName is the name of a zone as it is written, undefined if there is none; the local zone's
// if none is asked for.
func (l *Library) zoneName(call goja.FunctionCall) goja.Value {
	if goja.IsUndefined(call.Argument(0)) {
		_, name := localZone()
		return l.vm.ToValue(name)
	}
	_, name, ok := intl.LoadZone(l.text(call.Argument(0)))
	if !ok {
		return goja.Undefined()
	}
	return l.vm.ToValue(name)
}

// localZone is the zone that the engine's dates use, with its name.
func localZone() (*time.Location, string) {
	names := []string{time.Local.String(), os.Getenv("TZ")}
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(target, "zoneinfo/"); ok {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if zone, name, ok := intl.LoadZone(name); ok {
			return zone, name
		}
	}
	return time.Local, "UTC"
}

// option is a text member of the options that the shim resolved; empty if there is none.
func (l *Library) option(o *goja.Object, name string) string {
	v := o.Get(name)
	if isNothing(v) {
		return ""
	}
	return l.text(v)
}

func count(o *goja.Object, name string) int {
	v := o.Get(name)
	if isNothing(v) {
		return 0
	}
	return int(v.ToInteger())
}

// dateFormat returns a function of milliseconds that gives parts, [type, value, …].
func (l *Library) dateFormat(call goja.FunctionCall) goja.Value {
	o := call.Argument(0).ToObject(l.vm)
	zone, _, _ := intl.LoadZone(l.option(o, "timeZone"))
	if zone == nil {
		zone = time.Local
	}
	f := &intl.DateFormat{
		Locale: l.option(o, "data"), Zone: zone, DateStyle: l.option(o, "dateStyle"), TimeStyle: l.option(o, "timeStyle"),
		Weekday: l.option(o, "weekday"), Era: l.option(o, "era"), Year: l.option(o, "year"), Month: l.option(o, "month"), Day: l.option(o, "day"),
		DayPeriod: l.option(o, "dayPeriod"), Hour: l.option(o, "hour"), Minute: l.option(o, "minute"), Second: l.option(o, "second"),
		FractionDigits: count(o, "fractionalSecondDigits"), ZoneName: l.option(o, "timeZoneName"), HourCycle: l.option(o, "hourCycle"),
	}
	return l.formatter(func(v goja.Value) []intl.Part { return f.Parts(timeAt(v.ToFloat())) })
}

// formatter makes {parts, text} of a function that gives parts.
func (l *Library) formatter(format func(goja.Value) []intl.Part) goja.Value {
	o := l.vm.NewObject()
	l.functions(o, []function{
		{"parts", 1, func(call goja.FunctionCall) goja.Value {
			var items []any
			for _, p := range format(call.Argument(0)) {
				part := l.vm.NewObject()
				define(part, "type", l.vm.ToValue(p.Type))
				define(part, "value", l.vm.ToValue(p.Value))
				items = append(items, part)
			}
			return l.vm.NewArray(items...)
		}},
		{"text", 1, func(call goja.FunctionCall) goja.Value {
			// Node 20 writes the narrow blank before AM and PM in parts only.
			return l.vm.ToValue(strings.ReplaceAll(intl.Text(format(call.Argument(0))), "\u202f", " "))
		}},
	})
	return o
}

func timeAt(ms float64) time.Time { return time.UnixMilli(int64(math.Floor(ms))) }

// decimalText matches what is formatted digit by digit.
var decimalText = regexp.MustCompile(`^\s*-?[0-9]+(\.[0-9]+)?\s*$`)

func (l *Library) numberFormat(call goja.FunctionCall) goja.Value {
	o := call.Argument(0).ToObject(l.vm)
	f := &intl.NumberFormat{
		Locale: l.option(o, "data"), Style: l.option(o, "style"), Currency: l.option(o, "currency"), CurrencyDisplay: l.option(o, "currencyDisplay"),
		Accounting: l.option(o, "currencySign") == "accounting", Unit: l.option(o, "unit"), UnitDisplay: l.option(o, "unitDisplay"),
		Notation: l.option(o, "notation"), CompactLong: l.option(o, "compactDisplay") == "long", SignDisplay: l.option(o, "signDisplay"),
		Grouping: l.option(o, "grouping"), MinInteger: count(o, "minimumIntegerDigits"), MinFraction: count(o, "minimumFractionDigits"),
		MaxFraction: count(o, "maximumFractionDigits"), MinSignificant: count(o, "minimumSignificantDigits"),
		MaxSignificant: count(o, "maximumSignificantDigits"), RoundCompactToInteger: isTrue(o.Get("roundCompact")),
	}
	return l.formatter(func(v goja.Value) []intl.Part {
		if n, ok := v.Export().(*big.Int); ok {
			return f.BigParts(n)
		}
		if s, ok := v.(goja.String); ok && decimalText.MatchString(s.String()) {
			return f.TextParts(strings.TrimSpace(s.String()))
		}
		x := v.ToFloat()
		if x == 0 && math.Signbit(x) {
			return f.TextParts("-0")
		}
		return f.Parts(x)
	})
}

// collator returns a function of two texts that compares them as options say.
func (l *Library) collator(call goja.FunctionCall) goja.Value {
	o := call.Argument(0).ToObject(l.vm)
	options := []collate.Option{}
	switch l.option(o, "sensitivity") {
	case "base":
		options = append(options, collate.IgnoreCase, collate.IgnoreDiacritics)
	case "accent":
		options = append(options, collate.IgnoreCase)
	}
	if isTrue(o.Get("numeric")) {
		options = append(options, collate.Numeric)
	}
	c := collate.New(language.Und, options...)
	bare := l.option(o, "sensitivity") == "case"
	return l.function("compare", 2, func(call goja.FunctionCall) goja.Value {
		a, b := l.text(call.Argument(0)), l.text(call.Argument(1))
		if bare {
			a, b = withoutMarks(a), withoutMarks(b)
		}
		return l.vm.ToValue(c.CompareString(a, b))
	})
}

// withoutMarks removes accents: the collator that ignores them still tells letters that have some
// from letters that have none.
func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// timeOf is the time of a Date; ok is false for an invalid one.
func (l *Library) timeOf(v goja.Value) (time.Time, bool) {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Date" {
		return time.Time{}, false
	}
	ms := o.ToFloat()
	return timeAt(ms), !math.IsNaN(ms)
}

// localZoneName is the long name of the local zone at t.
func (l *Library) localZoneName(t time.Time) string {
	zone, _ := localZone()
	return intl.ZoneName(intl.US, "long", t.In(zone))
}

// patchLocale gives dates, numbers and texts the methods that know locales.
func (l *Library) patchLocale() {
	for name, kind := range map[string]string{"toLocaleString": "all", "toLocaleDateString": "date", "toLocaleTimeString": "time"} {
		l.override("Date", name, 0, func(call goja.FunctionCall, _ goja.Callable) goja.Value {
			o, ok := call.This.(*goja.Object)
			if !ok || o.ClassName() != "Date" {
				panic(l.typeError("", "Method Date.prototype."+name+" called on incompatible receiver "+receiver(call.This)))
			}
			ms := o.ToFloat()
			if math.IsNaN(ms) {
				return l.vm.ToValue("Invalid Date")
			}
			return l.apply(l.maker("date", kind, call.Argument(0), call.Argument(1)), l.vm.ToValue(ms))
		})
	}
	for _, class := range []string{"Number", "BigInt"} {
		l.override(class, "toLocaleString", 0, func(call goja.FunctionCall, _ goja.Callable) goja.Value {
			if !isNumeric(call.This, class) {
				panic(l.typeError("", class+".prototype.toLocaleString requires that 'this' be a "+class))
			}
			v := call.This
			if o, ok := v.(*goja.Object); ok {
				v = l.vm.ToValue(o.Export())
			}
			return l.apply(l.maker("number", class, call.Argument(0), call.Argument(1)), v)
		})
	}
	l.override("String", "localeCompare", 1, func(call goja.FunctionCall, original goja.Callable) goja.Value {
		if len(call.Arguments) > 1 {
			return l.apply(l.maker("compare", "", call.Argument(1), call.Argument(2)), l.thisText(call, "localeCompare"), l.stringOf(call.Argument(0)))
		}
		v, err := original(call.This, call.Argument(0))
		if err != nil {
			panic(thrown(err))
		}
		return v
	})
}

// maxFormatters is how many functions of [Library.maker] are kept.
const maxFormatters = 64

// maker returns a function of the shim intl that formats or compares as the arguments say. It is
// made once for arguments that are told by their text: no locale or one, and options of an
// object literal.
func (l *Library) maker(what, kind string, locales, options goja.Value) goja.Callable {
	key, keep := l.argumentsKey(locales, options)
	key = what + " " + kind + " " + key
	if f := l.formatters[key]; f != nil && keep {
		return f
	}
	make, _ := goja.AssertFunction(l.intlShim().Get(what))
	v, err := make(goja.Undefined(), l.vm.ToValue(kind), locales, options)
	if err != nil {
		panic(thrown(err))
	}
	f, _ := goja.AssertFunction(v)
	if keep {
		if l.formatters == nil || len(l.formatters) >= maxFormatters {
			l.formatters = map[string]goja.Callable{}
		}
		l.formatters[key] = f
	}
	return f
}

// argumentsKey is a text that only equal arguments have; ok is false if there is none.
func (l *Library) argumentsKey(locales, options goja.Value) (key string, ok bool) {
	if !goja.IsUndefined(locales) && !goja.IsString(locales) {
		return "", false
	}
	key = locales.String()
	if goja.IsUndefined(options) {
		return key, true
	}
	o, ok := options.(*goja.Object)
	if !ok || o.ExportType() != plainType || o.Prototype() != l.objectPrototype() {
		return "", false
	}
	for _, name := range o.Keys() {
		v := o.Get(name)
		if _, nested := v.(*goja.Object); nested || v == nil {
			return "", false
		}
		key += "\x00" + name + "\x00" + literal(v)
	}
	return key, true
}

func (l *Library) objectPrototype() *goja.Object {
	return l.once("Object.prototype", func(l *Library) goja.Value { return l.vm.NewObject().Prototype() }).(*goja.Object)
}

func (l *Library) apply(f goja.Callable, args ...goja.Value) goja.Value {
	v, err := f(goja.Undefined(), args...)
	if err != nil {
		panic(thrown(err))
	}
	return v
}

// receiver describes what a method was wrongly called on.
func receiver(v goja.Value) string {
	if _, ok := v.(*goja.Object); ok {
		return "#<Object>"
	}
	return v.String()
}

// isNumeric says whether v is a number or a BigInt, whichever class says, or an object of one.
func isNumeric(v goja.Value, class string) bool {
	if o, ok := v.(*goja.Object); ok {
		return o.ClassName() == class || class == "BigInt" && kindsByType[o.ExportType()] == class
	}
	if class == "BigInt" {
		return goja.IsBigInt(v)
	}
	return goja.IsNumber(v)
}
