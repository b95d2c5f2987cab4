// Decoding into what an interface holds.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type T struct {
	V int `json:"v"`
	A any `json:"a"`
}
type Sh interface{ F() int }

func (t *T) F() int { return t.V }

func main() {
	t := &T{1, nil}
	var x any = t
	fmt.Println(json.Unmarshal([]byte(`{"v":2}`), &x), t.V)
	_, same := x.(*T)
	fmt.Println(same)
	var s Sh = t
	fmt.Println(json.Unmarshal([]byte(`{"v":3}`), &s), t.V, s.F())
	fmt.Println(json.Unmarshal([]byte(`null`), &s), s == nil)
	var s2 Sh
	fmt.Println(json.Unmarshal([]byte(`{"v":3}`), &s2), s2 == nil)
	in := &T{5, nil}
	o := T{A: in}
	fmt.Println(json.Unmarshal([]byte(`{"v":3,"a":{"v":8}}`), &o), in.V)
	o = T{A: 5}
	fmt.Println(json.Unmarshal([]byte(`{"a":{"v":8}}`), &o), o.A)
	d := json.NewDecoder(strings.NewReader(`{"x": 10000000000000001}`))
	d.UseNumber()
	var a any
	fmt.Println(d.Decode(&a), a)
	var m map[string]any
	d = json.NewDecoder(strings.NewReader(`{"x": 10000000000000001} {"y":1}`))
	d.UseNumber()
	fmt.Println(d.Decode(&m), m, d.More(), d.InputOffset())
	var y any
	fmt.Println(d.Decode(&y), y, d.More())
	fmt.Println(json.Unmarshal([]byte(`{bad`), &y), json.Unmarshal([]byte(` [1] `), &y), y)
	use := d.UseNumber
	use()
	type E struct{ Error error }
	var e E
	fmt.Println(json.Unmarshal([]byte(`{"Error":"x"}`), &e) != nil, json.Unmarshal([]byte(`{"Error":null}`), &e))
	b, err := json.Marshal(E{fmt.Errorf("x")})
	fmt.Println(string(b), err)
}
