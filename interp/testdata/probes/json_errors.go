// Errors of encoding/json about the program's own types.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

type Lvl int
type In struct {
	A int            `json:"a"`
	L Lvl            `json:"l"`
	M map[string]int `json:"m"`
	S []string       `json:"s"`
}
type Out struct {
	In  In `json:"in"`
	B   string
	Ptr *In `json:"ptr"`
}
type Stamp struct{ time.Time }
type WithT struct {
	At Stamp
	On time.Time
}
type Err struct{}

func (Err) MarshalJSON() ([]byte, error) { return nil, errors.New("cannot") }

type Col string

func (c Col) MarshalText() ([]byte, error) { return []byte("col-" + string(c)), nil }

type Poly struct {
	Kind string          `json:"kind"`
	Data json.RawMessage `json:"data"`
}
type Shape interface{ Area() float64 }
type Sq struct{ S float64 }

func (s Sq) Area() float64 { return s.S * s.S }

type Tree struct {
	V    int     `json:"v"`
	Kids []*Tree `json:"kids,omitempty"`
}

func main() {
	for _, s := range []string{`{"in":{"a":"x"}}`, `{"in":{"l":"x"}}`, `{"in":{"m":{"k":"v"}}}`, `{"in":{"s":[1]}}`, `{"in":[1]}`, `{"B":1}`, `{"ptr":{"a":1.5}}`, `5`, `{"in":{"a":99999999999999999999}}`} {
		var o Out
		err := json.Unmarshal([]byte(s), &o)
		var te *json.UnmarshalTypeError
		ok := errors.As(err, &te)
		fmt.Println(s, ok, err)
		if ok {
			fmt.Println(te.Value, te.Field)
		}
	}
	var se *json.SyntaxError
	err := json.Unmarshal([]byte(`{"in": }`), &Out{})
	fmt.Println(errors.As(err, &se), err)
	t := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	b, err := json.Marshal(WithT{Stamp{t}, t})
	fmt.Println(string(b), err)
	var w WithT
	fmt.Println(json.Unmarshal([]byte(`{"At":"2024-01-02T03:04:05Z","On":"bad"}`), &w), w.At)
	_, err = json.Marshal(Err{})
	fmt.Println(err)
	_, err = json.Marshal([]any{Err{}})
	fmt.Println(err)
	_, err = json.Marshal(map[string]any{"x": make(chan int)})
	fmt.Println(err)
	err = json.NewEncoder(&strings.Builder{}).Encode(struct{ E Err }{})
	fmt.Println(err)
	b, err = json.Marshal(map[Col]Col{"a": "b"})
	fmt.Println(string(b), err)
	var ps []Poly
	fmt.Println(json.Unmarshal([]byte(`[{"kind":"sq","data":{"S":3}},{"kind":"?","data":null}]`), &ps))
	for _, p := range ps {
		switch p.Kind {
		case "sq":
			var s Sq
			fmt.Println(json.Unmarshal(p.Data, &s), Shape(s).Area())
		default:
			fmt.Println(string(p.Data), len(p.Data))
		}
	}
	tr := &Tree{1, []*Tree{{2, nil}, {3, []*Tree{{4, nil}}}}}
	b, _ = json.Marshal(tr)
	fmt.Println(string(b))
	var t2 Tree
	fmt.Println(json.Unmarshal(b, &t2), t2.Kids[1].Kids[0].V)
	var s Shape
	fmt.Println(json.Unmarshal([]byte(`{"S":1}`), &s) != nil)
	var x any = &t2
	fmt.Println(json.Unmarshal([]byte(`{"v":77}`), x), t2.V)
	var a any
	_ = json.Unmarshal([]byte(`{"b":[1,{"c":null}],"a":"\u00e9\ud83d\ude00"}`), &a)
	m := a.(map[string]any)
	fmt.Println(m["a"], m["b"].([]any)[1], len(m))
	b, _ = json.Marshal(m)
	fmt.Println(string(b))
	b, _ = json.Marshal([]Shape{Sq{2}, nil})
	fmt.Println(string(b))
	dec := json.NewDecoder(strings.NewReader(`{"v":1} x`))
	f := dec.Decode
	fmt.Println(f(&t2), t2.V)
	fmt.Println(dec.Decode(&t2))
	var y struct {
		X *struct{ Y []map[string]Lvl }
	}
	fmt.Println(json.Unmarshal([]byte(`{"x":{"y":[{"k":3},null]}}`), &y), y.X.Y)
	bb, _ := json.Marshal(y)
	fmt.Println(string(bb))
	anon := []struct {
		Name string `json:"name"`
		Opt  *int   `json:"opt,omitempty"`
	}{{"a", nil}, {"b", new(int)}}
	bb, _ = json.MarshalIndent(anon, "", "\t")
	fmt.Println(string(bb))
}
