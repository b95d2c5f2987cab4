// Package intl formats dates and numbers for people as JavaScript's Intl does, in English as the
// United States (en-US) and Great Britain (en-GB) write it.
//
// The front door is [DateFormat] and [NumberFormat]: structs of resolved options with a method
// Parts; [Text] joins what it returns. [MatchLocale] picks the locale.
//
// # Vocabulary
//
//	part        a piece of a formatted value with what it is: "year", "literal", …
//	component   a part of a date that the options ask for by itself: year, month, …
//	style       full, long, medium or short: a choice of components
//	hour cycle  h11 and h12 have AM and PM; h23 and h24 have not
//
// # What it refuses to do
//
// It knows no other languages, calendars or digits: a request for another language is answered in
// en-US, as the standard allows an implementation to.
//
// # Design notes
//
// What Node 20 prints was the reference, its peculiarities included: midnight is 24 o'clock for
// en-US with hour12 false, and 0 o'clock for en-GB with hour12 true.
//
// Numbers are rounded from their shortest decimal text, half away from zero, so that 1.005 with
// two digits is 1.01.
//
// Time zones come from the time package with its embedded copy of the IANA database (410 kB of the
// binary), so that results do not depend on the machine. Names of zones are a table of the
// zones that are asked for most; the others are named by their offset.
package intl
