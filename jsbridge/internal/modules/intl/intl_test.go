package intl

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// What is formatted is compared with Node by the tests of package modules; here are the rules
// that can be told apart.

func TestRound(t *testing.T) {
	for _, c := range []struct {
		name, in string
		digits   int
		want     string
	}{
		{"half goes away from zero", "2.5", 1, "3"},
		{"of negative numbers too", "-2.5", 1, "-3"},
		{"below half stays", "2.4999", 1, "2"},
		{"nines carry", "999.95", 4, "1000"},
		{"no digits, below", "0.4", 0, "0"},
		{"no digits, above", "0.5", 0, "1"},
		{"fewer than none", "0.04", -1, "0"},
		{"more digits than there are", "1.5", 9, "1.5"},
		{"zero", "0", 3, "0"},
	} {
		d := newDecimal(c.in).round(c.digits)
		whole, fraction := d.split(0)
		got := whole
		if fraction != "" {
			got += "." + fraction
		}
		if d.negative {
			got = "-" + got
		}
		assert.Equal(t, c.want, got, c.name)
	}
}

func TestNumberKinds(t *testing.T) {
	f := NumberFormat{Style: "decimal", Grouping: "auto", MinInteger: 1, MaxFraction: 3}
	n, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	assert.Equal(t, "-123,456,789,012,345,678,901,234,567,890", Text(f.BigParts(n)))
	assert.Equal(t, "1,000,000,000", Text(f.TextParts("1e9")))
	assert.Equal(t, "-0", Text(f.TextParts("-0")))
	f.SignDisplay = "negative"
	assert.Equal(t, "0", Text(f.TextParts("-0")), "zero has no sign")
	money := NumberFormat{Locale: GB, Style: "currency", Currency: "GBP", CurrencyDisplay: "name", Grouping: "auto", MinInteger: 1}
	assert.Equal(t, "1 British pound", Text(money.Parts(1)))
	money.Currency = "XYZ"
	assert.Equal(t, "2 XYZ", Text(money.Parts(2)))
	assert.Equal(t, 3, CurrencyDigits("KWD"))
	unit := NumberFormat{Locale: GB, Style: "unit", Unit: "kilometer", UnitDisplay: "long", MinInteger: 1}
	assert.Equal(t, "2 kilometres", Text(unit.Parts(2)))
	assert.False(t, KnownUnit("furlong"))
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"EN-us": "en-US", "zh-hans-cn": "zh-Hans-CN", "de": "de", "en-u-ca-gregory": "en-u-ca-gregory", "sl-rozaj-biske": "sl-rozaj-biske",
		"es-419": "es-419", "en-US-x-foo": "en-US-x-foo", "": "", "e": "", "en_US": "", "en-": "", "en-US-": "", "x y": "", "1": "",
	} {
		got, ok := Canonical(in)
		assert.Equal(t, want, got, in)
		assert.Equal(t, want != "", ok, in)
	}
}

func TestMatchLocale(t *testing.T) {
	for _, c := range []struct {
		name       string
		tags       []string
		data, want string
	}{
		{"nothing asked", nil, US, "en-US"},
		{"as asked", []string{"en-GB"}, GB, "en-GB"},
		{"the first English one", []string{"de", "en-GB", "en-US"}, GB, "en-GB"},
		{"none is English", []string{"de", "fr-FR"}, US, "en-US"},
		{"extensions do not matter", []string{"en-GB-u-hc-h12"}, GB, "en-GB"},
		{"countries write as Britain does", []string{"en-AU"}, GB, "en-AU"},
		{"some as the United States", []string{"en-PH"}, US, "en-PH"},
		{"a script is left out", []string{"en-Latn-US"}, US, "en"},
	} {
		data, name := MatchLocale(c.tags)
		assert.Equal(t, c.data, data, c.name)
		assert.Equal(t, c.want, name, c.name)
	}
	assert.Equal(t, []string{"en", "en-GB"}, Supported([]string{"en", "eng", "de", "en-GB"}))
}

func TestLoadZone(t *testing.T) {
	for in, want := range map[string]string{
		"Europe/Vienna": "Europe/Vienna", "europe/vienna": "Europe/Vienna", "AMERICA/NEW_YORK": "America/New_York", "utc": "UTC", "Etc/GMT": "UTC",
		"america/port-au-prince": "America/Port-au-Prince", "africa/dar_es_salaam": "Africa/Dar_es_Salaam", "est5edt": "EST5EDT",
		"": "", "Local": "", "../etc/passwd": "", "Mars/Phobos": "",
	} {
		zone, name, ok := LoadZone(in)
		assert.Equal(t, want, name, in)
		assert.Equal(t, want != "", ok, in)
		if ok {
			assert.Equal(t, name, zone.String(), in)
		}
	}
}

func TestZoneName(t *testing.T) {
	winter := time.Date(2024, 1, 5, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ zone, locale, width, want string }{
		{"America/New_York", US, "shortGeneric", "ET"},
		{"Europe/London", GB, "shortGeneric", "United Kingdom Time"},
		{"Europe/Paris", GB, "shortGeneric", "CET"},
		{"Asia/Tokyo", US, "longGeneric", "Japan Standard Time"},
		{"Antarctica/Troll", US, "long", "GMT+00:00"},
		{"Pacific/Marquesas", US, "short", "GMT-9:30"},
		{"Pacific/Marquesas", US, "longOffset", "GMT-09:30"},
		{"UTC", US, "shortGeneric", "GMT+0"},
	} {
		zone, _, ok := LoadZone(c.zone)
		assert.True(t, ok, c.zone)
		assert.Equal(t, c.want, ZoneName(c.locale, c.width, winter.In(zone)), "%s %s %s", c.zone, c.locale, c.width)
	}
}

func TestYears(t *testing.T) {
	f := DateFormat{Locale: US, Zone: time.UTC, Year: "numeric", Era: "long"}
	assert.Equal(t, "1 Before Christ", Text(f.Parts(time.Date(0, 5, 1, 0, 0, 0, 0, time.UTC))), "there is no year 0")
	f.Era = "narrow"
	assert.Equal(t, "1 A", Text(f.Parts(time.Date(1, 5, 1, 0, 0, 0, 0, time.UTC))))
	f = DateFormat{Locale: US, Zone: time.UTC, Hour: "numeric", DayPeriod: "short"}
	assert.Equal(t, "9 at night", Text(f.Parts(time.Date(1, 5, 1, 21, 0, 0, 0, time.UTC))))
	assert.Equal(t, "7 in the evening", Text(f.Parts(time.Date(1, 5, 1, 19, 0, 0, 0, time.UTC))))
	f = DateFormat{Locale: GB, Zone: time.UTC, Year: "numeric", Day: "numeric", Weekday: "short"}
	assert.Equal(t, "2024 (day: 5) Tue", Text(f.Parts(time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC))))
}
