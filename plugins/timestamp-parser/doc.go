// Package timestampparser takes the time of events apart.
//
//	config   {"offset": "+02:00", "prefix": "local_", "fields": "date, weekday, hour"}
//	before   {"event":"x","timestamp":"2024-03-01T23:30:00Z"}
//	after    {"event":"x","timestamp":"2024-03-01T23:30:00Z","properties":{"local_date":"2024-03-02","local_weekday":"saturday","local_hour":1}}
//
//	key      type     default                  effect
//	fields   string   year, month, day,        what to set: see below
//	                  weekday, hour, minute
//	prefix   string   (none)                   before the field's name
//	from     string   timestamp, now           where the time stands: timestamp, sent_at, now, properties.NAME
//	offset   string   UTC                      such as +02:00; own is what the time is written with
//	events   string   (all)                    names of the events to look at
//
// The fields: year, quarter (1 to 4), month (1 to 12), month_name ("january"), week and week_year
// (ISO 8601), day (1 to 31), day_of_year (1 to 366), weekday ("monday"), weekday_number (Monday is
// 1, Sunday 7), weekend (true on Saturday and Sunday), hour (0 to 23), minute, second, date
// ("2024-03-01"), time ("23:30:00"), unix (seconds since 1970, always UTC).
//
// A time is a text of ISO 8601, with a space for the T as well, without seconds or time of day as
// well, UTC if it has no offset; or a number: seconds since 1970, milliseconds from 10^11 on. An
// event without a time stays as it is. Names of zones such as Europe/Vienna are not known, because
// what they mean changes from machine to machine.
package timestampparser
