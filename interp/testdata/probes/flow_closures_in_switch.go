// Closures that capture case variables.
package main

import (
	"fmt"
)

func main() {
	var fs []func() string
	for _, v := range []any{1, "s", 2.5} {
		switch x := v.(type) {
		case int:
			fs = append(fs, func() string { x++; return fmt.Sprint("int", x) })
		case string:
			fs = append(fs, func() string { return "str" + x })
		default:
			fs = append(fs, func() string { return fmt.Sprintf("%T", x) })
		}
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println(fs[0]())
	if y := 1; y > 0 {
		fs = append(fs, func() string { return fmt.Sprint(y) })
	}
	fmt.Println(fs[3]())
}
