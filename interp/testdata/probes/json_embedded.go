// Embedding, pointers and marshalers in JSON.
package main

import (
	"encoding/json"
	"fmt"
)

type Base struct {
	ID   int    `json:"id"`
	Kind string `json:"kind"`
}
type Extra struct {
	Note string
	Kind string
}
type Doc struct {
	Base
	*Extra
	Title string `json:"title"`
}
type level int

func (l level) MarshalText() ([]byte, error) { return []byte([]string{"low", "high"}[l]), nil }
func (l *level) UnmarshalText(b []byte) error {
	switch string(b) {
	case "low":
		*l = 0
	case "high":
		*l = 1
	default:
		return fmt.Errorf("bad level %q", b)
	}
	return nil
}

type point struct{ x, y int }

func (p point) MarshalJSON() ([]byte, error) { return []byte(fmt.Sprintf("[%d,%d]", p.x, p.y)), nil }
func (p *point) UnmarshalJSON(b []byte) error {
	var a [2]int
	if err := json.Unmarshal(b, &a); err != nil {
		return err
	}
	p.x, p.y = a[0], a[1]
	return nil
}

func main() {
	d := Doc{Base: Base{1, "k"}, Extra: &Extra{"n", "ek"}, Title: "t"}
	out, err := json.Marshal(d)
	fmt.Println(string(out), err)
	var back Doc
	fmt.Println(json.Unmarshal([]byte(`{"id":5,"kind":"q","Note":"x","title":"u"}`), &back), back.ID, back.Base.Kind, back.Extra == nil || back.Note == "x", back.Title)
	m := map[level]point{0: {1, 2}, 1: {3, 4}}
	out, err = json.Marshal(m)
	fmt.Println(string(out), err)
	var mb map[level]*point
	err = json.Unmarshal(out, &mb)
	fmt.Println(err, mb[1].x, len(mb))
	var l struct{ L level }
	fmt.Println(json.Unmarshal([]byte(`{"L":"high"}`), &l), l.L == 1, json.Unmarshal([]byte(`{"L":"?"}`), &l))
	s := struct {
		P *point `json:"p,omitempty"`
		Q []point
		R interface{}
	}{Q: []point{{5, 6}}, R: point{7, 8}}
	out, _ = json.Marshal(&s)
	fmt.Println(string(out))
}
