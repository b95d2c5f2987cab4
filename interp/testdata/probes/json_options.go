// Options of decoders and encoders, and of struct tags.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type A struct {
	X int    `json:"x"`
	S string `json:"s"`
	N *A     `json:"n,omitempty"`
	M map[string]A
}

func main() {
	d := json.NewDecoder(strings.NewReader(`[{"x":1,"s":"a"},{"x":2,"s":"b"}]`))
	tok, err := d.Token()
	fmt.Println(tok, err)
	for d.More() {
		var a A
		fmt.Println(d.Decode(&a), a.X, a.S)
	}
	tok, err = d.Token()
	fmt.Println(tok, err)
	d = json.NewDecoder(strings.NewReader(`{"x":1,"q":2}`))
	d.DisallowUnknownFields()
	var a A
	fmt.Println(d.Decode(&a))
	d = json.NewDecoder(strings.NewReader(`{"x":1,"M":{"k":{"zz":2}}}`))
	d.DisallowUnknownFields()
	fmt.Println(d.Decode(&a))
	var i struct {
		V any   `json:"v"`
		L []any `json:"l"`
	}
	d = json.NewDecoder(strings.NewReader(`{"v":12345678901234567890,"l":[1.0]}`))
	d.UseNumber()
	fmt.Println(d.Decode(&i), i.V, i.L)
	fmt.Printf("%T %T\n", i.V, i.L[0])
	var sb strings.Builder
	e := json.NewEncoder(&sb)
	e.SetEscapeHTML(false)
	fmt.Println(e.Encode(A{S: "<&>\u2028"}), sb.String())
	sb.Reset()
	e.SetIndent("#", "  ")
	fmt.Println(e.Encode([]A{{S: "<"}}), sb.String())
	sb.Reset()
	e = json.NewEncoder(&sb)
	fmt.Println(e.Encode(map[string]A{"<": {S: "<"}}), sb.String())
	b, _ := json.Marshal(A{S: "\x00\x1f\x7f\xff\u2028</script>"})
	fmt.Println(string(b))
	var q struct {
		I int     `json:"i,string"`
		F float64 `json:"f,string"`
		B bool    `json:"b,string"`
		S string  `json:"s,string"`
		P *int    `json:"p,string"`
	}
	for _, s := range []string{`{"i":"5"}`, `{"i":5}`, `{"f":"1.5"}`, `{"b":"true"}`, `{"b":true}`, `{"s":"\"x\""}`, `{"s":"x"}`, `{"p":"7"}`, `{"p":null}`, `{"i":"x"}`, `{"i":null}`, `{"i":""}`, `{"i":"null"}`} {
		err := json.Unmarshal([]byte(s), &q)
		fmt.Println(s, err != nil, q.I, q.F, q.B, q.S, q.P != nil)
	}
	k := 3
	q.P = &k
	b, err = json.Marshal(q)
	fmt.Println(string(b), err)
	var dup struct {
		A int `json:"a"`
		B int `json:"A"`
	}
	fmt.Println(json.Unmarshal([]byte(`{"a":1,"A":2}`), &dup), dup)
	type E1 struct{ V int }
	type E2 struct{ V int }
	b, _ = json.Marshal(struct {
		E1
		E2
	}{E1{1}, E2{2}})
	fmt.Println(string(b))
	b, _ = json.Marshal(struct {
		*E1
		V string
	}{nil, "x"})
	fmt.Println(string(b))
	var em struct{ *E1 }
	fmt.Println(json.Unmarshal([]byte(`{"V":4}`), &em), em.V)
	var sl = []A{{X: 1}, {X: 2}, {X: 3}}
	fmt.Println(json.Unmarshal([]byte(`[{"s":"q"}]`), &sl), sl)
	m := map[string]*A{"a": {X: 9}}
	fmt.Println(json.Unmarshal([]byte(`{"a":{"s":"q"},"b":null}`), &m), m["a"].X, m["a"].S, m["b"] == nil)
	var n *A
	fmt.Println(json.Unmarshal([]byte(`null`), &n), n == nil, json.Unmarshal([]byte(`{}`), n), json.Unmarshal([]byte(`{}`), a))
	var raw map[string]json.RawMessage
	fmt.Println(json.Unmarshal([]byte(`{"a": [1, 2]}`), &raw), string(raw["a"]), json.Valid([]byte("{}x")))
	b, err = json.Marshal(map[bool]int{true: 1})
	fmt.Println(string(b), err)
	b, err = json.Marshal([]float64{1e21, 1e-7, 100, 0.1, -0.0})
	fmt.Println(string(b), err)
	type Fl float64
	b, err = json.Marshal([]any{Fl(1e21), Fl(3), float32(0.1), uint8(1), []byte(nil), map[string]int(nil), (*int)(nil), [2]bool{}})
	fmt.Println(string(b), err)
}
