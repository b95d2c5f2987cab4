// Layouts and zones.
package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.Date(2023, 12, 31, 23, 59, 58, 123456789, time.UTC)
	for _, l := range []string{time.RFC1123, time.Kitchen, time.StampMilli, "2006-01-02T15:04:05.000Z07:00", "Jan _2 '06", "02/01/2006 03:04 PM"} {
		fmt.Println(t.Format(l))
	}
	z := time.FixedZone("CET", 3600)
	fmt.Println(t.In(z).Format(time.RFC3339), t.In(z).Year())
	y, w := t.ISOWeek()
	fmt.Println(y, w, t.Month() == time.December, int(t.Weekday()), t.Add(2*time.Second).YearDay())
	p, err := time.ParseInLocation("2006-01-02 15:04", "2024-02-30 10:00", z)
	fmt.Println(p.IsZero(), err)
	d := 26*time.Hour + 3*time.Minute + 500*time.Millisecond
	fmt.Println(d, d.Truncate(time.Hour), d.Minutes(), time.Duration(0), -d, d > time.Hour)
	m := map[time.Duration]string{time.Second: "s"}
	fmt.Println(m[1000*time.Millisecond], time.UnixMilli(0).UTC(), t.Unix(), t.UnixNano()%1000)
}
