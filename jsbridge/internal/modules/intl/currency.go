package intl

import "strings"

// currencies that are written with a symbol or a name of their own; the others are written as
// their code. narrow is the symbol where the currency is known from the context.
var currencies = map[string]struct{ symbol, narrow, one, many string }{
	"USD": {"$", "$", "US dollar", "US dollars"},
	"EUR": {"€", "€", "euro", "euros"},
	"GBP": {"£", "£", "British pound", "British pounds"},
	"JPY": {"¥", "¥", "Japanese yen", "Japanese yen"},
	"INR": {"₹", "₹", "Indian rupee", "Indian rupees"},
	"CAD": {"CA$", "$", "Canadian dollar", "Canadian dollars"},
	"AUD": {"A$", "$", "Australian dollar", "Australian dollars"},
	"NZD": {"NZ$", "$", "New Zealand dollar", "New Zealand dollars"},
	"CNY": {"CN¥", "¥", "Chinese yuan", "Chinese yuan"},
	"KRW": {"₩", "₩", "South Korean won", "South Korean won"},
	"BRL": {"R$", "R$", "Brazilian real", "Brazilian reals"},
	"MXN": {"MX$", "$", "Mexican peso", "Mexican pesos"},
	"HKD": {"HK$", "$", "Hong Kong dollar", "Hong Kong dollars"},
	"TWD": {"NT$", "$", "New Taiwan dollar", "New Taiwan dollars"},
	"ILS": {"₪", "₪", "Israeli new shekel", "Israeli new shekels"},
	"VND": {"₫", "₫", "Vietnamese dong", "Vietnamese dong"},
	"PHP": {"₱", "₱", "Philippine peso", "Philippine pesos"},
	"CHF": {"", "", "Swiss franc", "Swiss francs"},
	"SEK": {"", "kr", "Swedish krona", "Swedish kronor"},
	"NOK": {"", "kr", "Norwegian krone", "Norwegian kroner"},
	"DKK": {"", "kr", "Danish krone", "Danish kroner"},
	"PLN": {"", "zł", "Polish zloty", "Polish zlotys"},
}

// noFraction are the currencies without a smaller unit. Source: ISO 4217, as Node 20 has it.
const noFraction = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX UYI VND VUV XAF XOF XPF"

// CurrencyDigits is the number of fraction digits that a currency has.
func CurrencyDigits(code string) int {
	switch {
	case strings.Contains(noFraction, code):
		return 0
	case strings.Contains("BHD IQD JOD KWD LYD OMR TND", code):
		return 3
	}
	return 2
}

func (f *NumberFormat) symbol() string {
	c := currencies[f.Currency]
	symbol := c.symbol
	switch {
	case f.CurrencyDisplay == "code":
		symbol = ""
	case f.CurrencyDisplay == "narrowSymbol":
		symbol = c.narrow
	case f.Locale == GB && f.Currency == "USD":
		symbol = "US$"
	case f.Locale == GB && f.Currency == "JPY":
		symbol = "JP¥"
	}
	if symbol == "" {
		return f.Currency
	}
	return symbol
}

func currencyName(code string, one bool) string {
	c := currencies[code]
	switch {
	case c.one == "":
		return code
	case one:
		return c.one
	}
	return c.many
}

// units are the simple units: short, narrow and long names; %s is where a plural s goes.
var units = map[string][3]string{
	"kilometer": {" km", "km", " kilometer%s"}, "meter": {" m", "m", " meter%s"}, "centimeter": {" cm", "cm", " centimeter%s"},
	"mile": {" mi", "mi", " mile%s"}, "kilogram": {" kg", "kg", " kilogram%s"}, "gram": {" g", "g", " gram%s"}, "liter": {" L", "L", " liter%s"},
	"byte": {" byte", "B", " byte%s"}, "kilobyte": {" kB", "kB", " kilobyte%s"}, "megabyte": {" MB", "MB", " megabyte%s"},
	"gigabyte": {" GB", "GB", " gigabyte%s"}, "terabyte": {" TB", "TB", " terabyte%s"}, "bit": {" bit", "bit", " bit%s"},
	"second": {" sec", "s", " second%s"}, "minute": {" min", "m", " minute%s"}, "hour": {" hr", "h", " hour%s"},
	"millisecond": {" ms", "ms", " millisecond%s"}, "day": {" day%s", "d", " day%s"}, "week": {" wk%s", "w", " week%s"},
	"month": {" mth%s", "m", " month%s"}, "year": {" yr%s", "y", " year%s"}, "percent": {"%", "%", " percent"},
	"celsius": {"°C", "°C", " degree%s Celsius"}, "fahrenheit": {"°F", "°", " degree%s Fahrenheit"}, "degree": {" deg", "°", " degree%s"},
	"kilometer-per-hour": {" km/h", "km/h", " kilometer%s per hour"}, "mile-per-hour": {" mph", "mph", " mile%s per hour"},
}

// KnownUnit says whether numbers can be given that unit.
func KnownUnit(unit string) bool {
	_, ok := units[unit]
	return ok
}

func (f *NumberFormat) unit(one bool) []Part {
	names := units[f.Unit]
	name := names[0]
	switch f.UnitDisplay {
	case "narrow":
		name = names[1]
	case "long":
		name = names[2]
	}
	plural := "s"
	if one {
		plural = ""
	}
	name = strings.Replace(name, "%s", plural, 1)
	if f.Locale == GB {
		name = strings.NewReplacer("meter", "metre", "liter", "litre").Replace(name)
	}
	if rest, blank := strings.CutPrefix(name, " "); blank {
		return []Part{literal(" "), {"unit", rest}}
	}
	return []Part{{"unit", name}}
}
