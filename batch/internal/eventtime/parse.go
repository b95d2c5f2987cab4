package eventtime

import "time"

// Layout writes a time as JavaScript's toISOString does: UTC, three digits of fraction.
const Layout = "2006-01-02T15:04:05.000Z"

// Parse reads a date and time: YYYY-MM-DD, "T" or a space, hh:mm:ss, up to nine digits of
// fraction, then "Z", an offset ±hh:mm, or nothing for UTC. The result is in UTC.
// Source: fact sheet section 8.1, times in batch exports.
func Parse(text string) (time.Time, bool) {
	if len(text) < len("2006-01-02T15:04:05") {
		return time.Time{}, false
	}
	s := scanner{text: text, ok: true}
	year := s.number(4)
	s.one('-')
	month := s.number(2)
	s.one('-')
	day := s.number(2)
	s.separator()
	hour := s.number(2)
	s.one(':')
	minute := s.number(2)
	s.one(':')
	second := s.number(2)
	nanosecond := s.fraction()
	offset := s.zone()
	if !s.ok || s.text != "" || month > 12 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nanosecond, time.UTC)
	if t.Day() != day || t.Month() != time.Month(month) {
		return time.Time{}, false
	}
	return t.Add(-offset), true
}

// scanner takes a text apart from the front. ok turns false at the first surprise.
type scanner struct {
	text string
	ok   bool
}

// number takes exactly n digits.
func (s *scanner) number(n int) int {
	if len(s.text) < n {
		s.ok = false
		return 0
	}
	v := 0
	for i := range n {
		c := s.text[i]
		if c < '0' || c > '9' {
			s.ok = false
			return 0
		}
		v = v*10 + int(c-'0')
	}
	s.text = s.text[n:]
	return v
}

func (s *scanner) one(c byte) {
	if !s.skip(c) {
		s.ok = false
	}
}

// skip takes c if it is next.
func (s *scanner) skip(c byte) bool {
	if s.text == "" || s.text[0] != c {
		return false
	}
	s.text = s.text[1:]
	return true
}

func (s *scanner) separator() {
	if !s.skip('T') && !s.skip(' ') {
		s.ok = false
	}
}

// fraction takes a point and one to nine digits, if there is a point, and returns nanoseconds.
func (s *scanner) fraction() int {
	if !s.skip('.') {
		return 0
	}
	v, n := 0, 0
	for ; n < len(s.text) && s.text[n] >= '0' && s.text[n] <= '9'; n++ {
		if n < 9 {
			v = v*10 + int(s.text[n]-'0')
		}
	}
	if n == 0 || n > 9 {
		s.ok = false
		return 0
	}
	s.text = s.text[n:]
	for ; n < 9; n++ {
		v *= 10
	}
	return v
}

// zone takes what says how far the time is ahead of UTC.
func (s *scanner) zone() time.Duration {
	sign := time.Duration(1)
	switch {
	case s.text == "" || s.skip('Z'):
		return 0
	case s.skip('-'):
		sign = -1
	case !s.skip('+'):
		s.ok = false
		return 0
	}
	hours := s.number(2)
	s.one(':')
	minutes := s.number(2)
	if hours > 23 || minutes > 59 {
		s.ok = false
	}
	return sign * (time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute)
}
