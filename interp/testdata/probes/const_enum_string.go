// Enums with names and parsing.
package main

import (
	"errors"
	"fmt"
	"strings"
)

type lvl int

const (
	debug lvl = iota
	info
	warn
	numLevels
)

var names = [numLevels]string{"debug", "info", "warn"}

func (l lvl) String() string {
	if l < 0 || l >= numLevels {
		return fmt.Sprintf("lvl(%d)", int(l))
	}
	return names[l]
}
func parse(s string) (lvl, error) {
	for i, n := range names {
		if strings.EqualFold(n, s) {
			return lvl(i), nil
		}
	}
	return 0, errors.New("unknown " + s)
}

type set uint

func (s set) has(l lvl) bool { return s&(1<<l) != 0 }
func (s *set) add(l lvl)     { *s |= 1 << l }

func main() {
	l, err := parse("WARN")
	fmt.Println(l, err, lvl(9), []lvl{debug, info})
	_, err = parse("x")
	fmt.Println(err)
	var s set
	s.add(warn)
	fmt.Println(s, s.has(warn), s.has(info))
	fmt.Printf("%d %v %s %q %x|%6s|\n", l, l, l, l, l, l)
	m := map[lvl]int{info: 1, warn: 2}
	fmt.Println(m)
}
