// Host types inside own types.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

type rec struct {
	At  time.Time
	U   *url.URL
	B   bytes.Buffer
	D   time.Duration
	S   strings.Builder
	Err error
	Q   url.Values
}

func (r *rec) log(s string) *rec { r.B.WriteString(s); fmt.Fprintf(&r.S, "[%s]", s); return r }

type stamp struct{ time.Time }
type dur time.Duration

func (d dur) String() string { return "d" + time.Duration(d).String() }

func main() {
	u, _ := url.Parse("http://h/p?a=1")
	r := &rec{At: time.Unix(0, 0).UTC(), U: u, D: time.Minute, Err: errors.New("e"), Q: u.Query()}
	r.log("x").log("y")
	r.Q.Add("b", "2")
	r.U.Path = "/new"
	fmt.Println(r.At.Year(), r.U.String(), u.Path, r.B.String(), r.S.String(), r.D*2, r.Err, r.Q.Encode(), r.B.Len())
	s := stamp{time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)}
	fmt.Println(s.Year(), s.Add(time.Hour).Hour(), s.Before(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)), s)
	fmt.Println(dur(time.Second), []dur{1}, map[string]time.Duration{"a": time.Second}, []time.Month{1, 2})
	m := map[time.Month]int{time.May: 5}
	m[time.May]++
	fmt.Println(m[time.May], time.May, r.At.Equal(time.Unix(0, 0)), [2]time.Duration{1, 2})
}
