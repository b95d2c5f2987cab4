// Type switches.
package main

import (
	"errors"
	"fmt"
)

type color int
type pt struct{ x int }

func (p pt) Error() string { return "pt error" }

func kind(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int:
		return fmt.Sprint("int ", x+1)
	case color:
		return fmt.Sprint("color ", int(x))
	case string, []byte:
		return fmt.Sprintf("text %s", x)
	case pt:
		return fmt.Sprint("pt ", x.x)
	case *pt:
		return fmt.Sprint("*pt ", x.x)
	case error:
		return "error " + x.Error()
	case func() int:
		return fmt.Sprint("func ", x())
	case []int:
		return fmt.Sprint("ints ", len(x))
	case map[string]any:
		return fmt.Sprint("map ", len(x))
	default:
		return fmt.Sprintf("other %T", x)
	}
}

func main() {
	for _, v := range []any{nil, 1, color(2), "s", []byte("b"), pt{3}, &pt{4}, errors.New("e"), func() int { return 5 }, []int{1}, map[string]any{"a": 1}, 1.5, 'x', struct{}{}} {
		fmt.Println(kind(v))
	}
}
