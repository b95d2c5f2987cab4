// any in containers.
package main

import (
	"fmt"
)

type p struct{ x int }

func main() {
	l := []any{1, "a", 2.5, nil, p{1}, &p{2}, []int{3}, map[string]any{"k": p{4}}, func() {}, true, 'r', byte(1), error(nil)}
	for _, v := range l {
		switch x := v.(type) {
		case int, float64:
			fmt.Print("num ", x, "; ")
		case string:
			fmt.Print("str ", len(x), "; ")
		case nil:
			fmt.Print("nil; ")
		case p:
			fmt.Print("p ", x.x, "; ")
		case *p:
			fmt.Print("*p ", x.x, "; ")
		case []int:
			fmt.Print(x[0], "; ")
		case map[string]any:
			fmt.Print(x["k"].(p).x, "; ")
		case rune:
			fmt.Print("rune; ")
		default:
			fmt.Printf("%T; ", x)
		}
	}
	fmt.Println()
}
