// Events, reducers and snapshots.
package main

import (
	"fmt"
	"strings"
)

type ev interface{ apply(*state) }
type created struct{ id string }
type renamed struct{ id, name string }
type removed struct{ id string }
type state struct {
	names map[string]string
	log   []string
}

func (e created) apply(s *state) { s.names[e.id] = "?"; s.log = append(s.log, "+"+e.id) }
func (e renamed) apply(s *state) {
	if _, ok := s.names[e.id]; ok {
		s.names[e.id] = e.name
		s.log = append(s.log, e.id+"="+e.name)
	}
}
func (e *removed) apply(s *state) { delete(s.names, e.id); s.log = append(s.log, "-"+e.id) }
func (s state) clone() state {
	c := state{names: map[string]string{}}
	for k, v := range s.names {
		c.names[k] = v
	}
	c.log = append(c.log, s.log...)
	return c
}
func replay(evs ...ev) state {
	s := state{names: map[string]string{}}
	for _, e := range evs {
		e.apply(&s)
	}
	return s
}

func main() {
	evs := []ev{created{"a"}, created{"b"}, renamed{"a", "x"}, renamed{"zz", "q"}, &removed{"b"}}
	s := replay(evs...)
	c := s.clone()
	c.names["new"] = "n"
	fmt.Println(s.names, strings.Join(s.log, ","), len(c.names), len(s.names))
	for _, e := range evs {
		switch x := e.(type) {
		case created:
			fmt.Print("c", x.id, " ")
		case *removed:
			fmt.Print("r", x.id, " ")
		default:
			fmt.Printf("%T ", x)
		}
	}
	fmt.Println()
}
