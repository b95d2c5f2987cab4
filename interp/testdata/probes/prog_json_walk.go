// Transforming generic data.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

func norm(v any) any {
	switch x := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, e := range x {
			out[strings.ToLower(k)] = norm(e)
		}
		return out
	case []any:
		for i := range x {
			x[i] = norm(x[i])
		}
		return x
	case string:
		return strings.TrimSpace(x)
	case float64:
		if x == float64(int(x)) {
			return int(x)
		}
		return x
	}
	return v
}
func get(v any, path ...any) any {
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				return nil
			}
			v = m[k]
		case int:
			l, ok := v.([]any)
			if !ok || k >= len(l) {
				return nil
			}
			v = l[k]
		}
	}
	return v
}

func main() {
	var v any
	json.Unmarshal([]byte(`{"A":" x ","B":[1,2.5,{"C":null}],"D":true}`), &v)
	v = norm(v)
	fmt.Println(v, get(v, "b", 2), get(v, "b", 0), get(v, "q", 1) == nil, get(v, "b", 9))
	out, _ := json.Marshal(v)
	fmt.Println(string(out))
}
