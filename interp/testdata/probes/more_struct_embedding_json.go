// Printing and encoding embedded values.
package main

import (
	"encoding/json"
	"fmt"
)

type Base struct {
	ID   int
	Tags []string
}
type Named struct {
	*Base
	Name string `json:"name"`
}
type Deep struct {
	Named
	Extra  map[string]Named `json:"extra,omitempty"`
	hidden int
}
type Temp float64

func (t Temp) MarshalJSON() ([]byte, error) { return []byte(fmt.Sprintf(`"%.1fC"`, float64(t))), nil }

type W struct {
	T   Temp
	P   *Temp
	L   []Temp
	M   map[string]Temp
	I   any
	Opt *int `json:",omitempty"`
	Z   Temp `json:"z,omitzero"`
}

func main() {
	d := Deep{Named{&Base{1, []string{"a"}}, "n"}, map[string]Named{"k": {&Base{ID: 2}, "m"}}, 5}
	out, err := json.Marshal(d)
	fmt.Println(string(out), err)
	var e Deep
	fmt.Println(json.Unmarshal(out, &e), e.ID, e.Tags, e.Extra["k"].ID, e.Extra["k"].Name)
	t := Temp(2)
	out, _ = json.Marshal(W{T: 1.5, P: &t, L: []Temp{1, 2}, M: map[string]Temp{"x": 3}, I: Temp(4)})
	fmt.Println(string(out))
	out, _ = json.Marshal([]any{d.Named, &d.Base.Tags, Temp(0), nil, struct{ A Temp }{9}})
	fmt.Println(string(out))
	var w W
	err = json.Unmarshal([]byte(`{"T":"x"}`), &w)
	fmt.Println(err != nil)
	fmt.Println(d.Base.ID, d.Named.Base.Tags[0], len(d.Extra))
}
