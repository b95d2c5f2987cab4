// JSON without types.
package main

import (
	"encoding/json"
	"fmt"
	"sort"
)

func walk(v any, depth int) string {
	switch x := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		s := "{"
		for _, k := range keys {
			s += k + ":" + walk(x[k], depth+1)
		}
		return s + "}"
	case []any:
		s := "["
		for _, e := range x {
			s += walk(e, depth+1) + ","
		}
		return s + "]"
	case float64:
		return fmt.Sprintf("n%v", x)
	case string:
		return "s" + x
	case bool:
		return fmt.Sprint(x)
	case nil:
		return "null"
	}
	return "?"
}

func main() {
	var v any
	err := json.Unmarshal([]byte(`{"a":[1,2.5,"x",null,true],"b":{"c":{}}}`), &v)
	fmt.Println(err, walk(v, 0))
	m := v.(map[string]any)
	m["new"] = []int{1, 2}
	m["a"].([]any)[0] = "changed"
	delete(m, "b")
	out, _ := json.Marshal(m)
	fmt.Println(string(out))
	var typed map[string][]int
	fmt.Println(json.Unmarshal([]byte(`{"x":[1,2]}`), &typed), typed)
	var n json.Number
	_ = json.Unmarshal([]byte(`12345678901234567890`), &n)
	fmt.Println(n, json.Valid([]byte(`{`)))
	type p struct {
		A int          `json:"a"`
		B map[string]p `json:"b,omitempty"`
		C any          `json:"c"`
		D *p           `json:"d"`
		E [2]bool      `json:"e"`
		F []byte       `json:"f"`
		G json.Number  `json:"g,omitempty"`
	}
	x := p{A: 1, B: map[string]p{"k": {A: 2}}, C: p{A: 3}, F: []byte("hi")}
	out, err = json.Marshal(x)
	fmt.Println(string(out), err)
	var y p
	err = json.Unmarshal(out, &y)
	fmt.Println(err, y.A, y.B["k"].A, y.C, y.D == nil, y.E, string(y.F))
	_, err = json.Marshal(map[string]any{"f": func() {}})
	fmt.Println(err)
	_, err = json.Marshal(make(chan int))
	fmt.Println(err)
}
