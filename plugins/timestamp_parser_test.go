package plugins_test

import (
	"testing"

	"github.com/plugreel/plugreel/testkit"
)

func TestTimestampParser(t *testing.T) {
	fields := func(f, offset string) config { return config{"fields": f, "offset": offset} }
	const all = "year,quarter,month,month_name,week,week_year,day,day_of_year,weekday,weekday_number,weekend,hour,minute,second,date,time,unix"
	const leap = `{"event":"x","timestamp":"2024-02-29T23:05:09.999Z"}`
	at := func(timestamp, want string) testkit.Case {
		return testkit.Case{Name: timestamp, Reason: "a form of a time", Config: fields("date,time", "UTC"),
			In: `{"timestamp":` + timestamp + `,"properties":{}}`, Want: `{"timestamp":` + timestamp + `,"properties":{` + want + `}}`}
	}
	cases := []testkit.Case{
		{Name: "defaults", Reason: "what most ask for", In: leap,
			Want: `{"event":"x","timestamp":"2024-02-29T23:05:09.999Z","properties":{"year":2024,"month":2,"day":29,"weekday":"thursday","hour":23,"minute":5}}`},
		{Name: "all fields", Reason: "a leap day", Config: fields(all, "UTC"), In: leap,
			Want: `{"event":"x","timestamp":"2024-02-29T23:05:09.999Z","properties":{"year":2024,"quarter":1,"month":2,"month_name":"february","week":9,"week_year":2024,"day":29,"day_of_year":60,` +
				`"weekday":"thursday","weekday_number":4,"weekend":false,"hour":23,"minute":5,"second":9,"date":"2024-02-29","time":"23:05:09","unix":1709247909}}`},
		{Name: "weeks of another year", Reason: "ISO 8601: the week with the first Thursday is the first", Config: fields("week,week_year,weekday_number,weekend,day_of_year,quarter", "UTC"),
			In: `{"timestamp":"2023-01-01T00:00:00Z"}`, Want: `{"timestamp":"2023-01-01T00:00:00Z","properties":{"week":52,"week_year":2022,"weekday_number":7,"weekend":true,"day_of_year":1,"quarter":1}}`},
		{Name: "last quarter", Reason: "October begins it", Config: fields("quarter", ""), In: `{"timestamp":"2023-10-01T00:00:00Z"}`, Want: `{"timestamp":"2023-10-01T00:00:00Z","properties":{"quarter":4}}`},
		{Name: "offset east", Reason: "the next day there", Config: fields("date,hour,unix", "+02:00"), In: leap,
			Want: `{"event":"x","timestamp":"2024-02-29T23:05:09.999Z","properties":{"date":"2024-03-01","hour":1,"unix":1709247909}}`},
		{Name: "offset west", Reason: "half an hour more", Config: fields("date,time", "-05:30"), In: `{"timestamp":"2024-01-01T00:00:00+00:00"}`,
			Want: `{"timestamp":"2024-01-01T00:00:00+00:00","properties":{"date":"2023-12-31","time":"18:30:00"}}`},
		{Name: "own offset", Reason: "the clock on the client's wall", Config: fields("date,time", "own"), In: `{"timestamp":"2024-01-01T23:00:00-11:00"}`,
			Want: `{"timestamp":"2024-01-01T23:00:00-11:00","properties":{"date":"2024-01-01","time":"23:00:00"}}`},
		{Name: "UTC of an offset", Reason: "one clock for all", Config: fields("date,time", "UTC"), In: `{"timestamp":"2024-01-01T23:00:00-11:00"}`,
			Want: `{"timestamp":"2024-01-01T23:00:00-11:00","properties":{"date":"2024-01-02","time":"10:00:00"}}`},
		{Name: "prefix", Reason: "names may be taken", Config: config{"fields": "hour", "prefix": "at_"}, In: leap, Want: `{"event":"x","timestamp":"2024-02-29T23:05:09.999Z","properties":{"at_hour":23}}`},
		{Name: "now", Reason: "where there is no timestamp", Config: fields("hour", "UTC"), In: `{"timestamp":"soon","now":"2024-01-01T05:00:00Z"}`,
			Want: `{"timestamp":"soon","now":"2024-01-01T05:00:00Z","properties":{"hour":5}}`},
		{Name: "another place", Reason: "a property may hold the time that counts", Config: config{"fields": "hour", "from": "properties.ordered.at, sent_at"},
			In:   `{"timestamp":"2024-01-01T01:00:00Z","sent_at":"2024-01-01T02:00:00Z","properties":{"ordered.at":"2024-01-01T03:00:00Z"}}`,
			Want: `{"timestamp":"2024-01-01T01:00:00Z","sent_at":"2024-01-01T02:00:00Z","properties":{"ordered.at":"2024-01-01T03:00:00Z","hour":3}}`},
		{Name: "no time", Reason: "the event stays", In: `{"event":"x"}`, Want: `{"event":"x"}`},
		{Name: "no times at all", Reason: "kinds and texts that are none", Config: config{"from": "properties.a, properties.b, properties.c, properties.d"},
			In: `{"properties":{"a":null,"b":[2024],"c":"2024-13-01","d":1e300}}`, Want: `{"properties":{"a":null,"b":[2024],"c":"2024-13-01","d":1e300}}`},
		{Name: "written over", Reason: "the time is what counts", Config: fields("year", "UTC"), In: `{"timestamp":"2024-01-01","properties":{"year":"?"}}`, Want: `{"timestamp":"2024-01-01","properties":{"year":2024}}`},
		{Name: "other events", Reason: "they stay", Config: config{"events": "$pageview"}, In: leap, Want: leap},
		{Name: "unknown field", Reason: "all are listed", Config: config{"fields": "year, century"}, In: `{}`, Error: `setupPlugin: fields: got "century", want date, day, day_of_year, hour,`},
		{Name: "zone by name", Reason: "machines differ about them", Config: config{"offset": "Europe/Vienna"}, In: `{}`, Error: `offset: got "Europe/Vienna", want UTC, own, or hours and minutes such as +02:00`},
		{Name: "offset out of range", Reason: "there is no such hour", Config: config{"offset": "+25:00"}, In: `{}`, Error: `offset: got "+25:00"`},
		{Name: "wrong place", Reason: "all are listed", Config: config{"from": "created_at"}, In: `{}`, Error: `from: got "created_at", want timestamp, sent_at, now or properties.NAME`},
		at(`"2024-01-02T03:04:05"`, `"date":"2024-01-02","time":"03:04:05"`),
		at(`"2024-01-02 03:04:05.678901"`, `"date":"2024-01-02","time":"03:04:05"`),
		at(`"2024-01-02 03:04:05+00:00"`, `"date":"2024-01-02","time":"03:04:05"`),
		at(`"2024-01-02 03:04:05 UTC"`, `"date":"2024-01-02","time":"03:04:05"`),
		at(`"2024-01-02T03:04:05+0100"`, `"date":"2024-01-02","time":"02:04:05"`),
		at(`"2024-01-02T03:04:05+01"`, `"date":"2024-01-02","time":"02:04:05"`),
		at(`"2024-01-02T03:04Z"`, `"date":"2024-01-02","time":"03:04:00"`),
		at(`"2024-01-02T03:04"`, `"date":"2024-01-02","time":"03:04:00"`),
		at(`"2024-01-02"`, `"date":"2024-01-02","time":"00:00:00"`),
		at(`1704164645`, `"date":"2024-01-02","time":"03:04:05"`),
		at(`1704164645678`, `"date":"2024-01-02","time":"03:04:05"`),
		at(`-1.5`, `"date":"1969-12-31","time":"23:59:58"`),
		at(`"1704164645"`, ``),
		at(`"2 January 2024"`, ``),
		at(`""`, ``),
	}
	runBoth(t, "timestamp-parser", cases)
}
