// Times and durations.
package main

import (
	"fmt"
	"time"
)

type event struct {
	At  time.Time
	For time.Duration
}

func main() {
	t := time.Date(2024, time.February, 29, 13, 4, 5, 6000000, time.UTC)
	fmt.Println(t, t.Format(time.RFC3339Nano), t.Weekday(), t.YearDay(), t.Unix())
	u := t.Add(90*time.Minute).AddDate(1, 0, 0)
	fmt.Println(u.Format("2006-01-02 15:04"), u.Sub(t).Hours(), u.After(t), t.Before(u), t.Equal(t.In(time.FixedZone("X", 3600))))
	p, err := time.Parse("2006-01-02", "2024-03-05")
	fmt.Println(p, err, p.Truncate(24*time.Hour).Equal(p))
	_, err = time.Parse(time.RFC3339, "nope")
	fmt.Println(err)
	d, _ := time.ParseDuration("1h15m30.5s")
	fmt.Println(d, d.Seconds(), d.Round(time.Minute), time.Duration(1500)*time.Millisecond, 2*time.Second)
	e := event{t, d}
	fmt.Printf("%v %s\n", e.For, e.At.Month())
	fmt.Println(time.Unix(1700000000, 0).UTC(), time.UnixMilli(1700000000123).UTC().Nanosecond())
	switch t.Month() {
	case time.January, time.February:
		fmt.Println("winter")
	}
	var zero time.Time
	fmt.Println(zero.IsZero(), zero)
}
