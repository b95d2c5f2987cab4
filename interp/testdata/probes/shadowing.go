// Names in nested scopes.
package main

import "fmt"

var x = "global"

func f() (int, error) { return 1, nil }

func main() {
	fmt.Println(x)
	x := 1
	{
		x := "inner"
		x += "!"
		fmt.Println(x)
	}
	if x := 2; x > 1 {
		fmt.Println(x)
		x := 3.5
		fmt.Println(x)
	} else if y := x * 2; y > 0 {
		fmt.Println(x, y)
	}
	for x := 0; x < 1; x++ {
		x := x + 10
		fmt.Println(x)
	}
	n, err := f()
	m, err := f()
	fmt.Println(n, m, err, x)
	switch x := any(x).(type) {
	case int:
		fmt.Println(x + 1)
	}
	len := func(s string) int { return 42 }
	fmt.Println(len("a"))
	type int string
	var s int = "typed"
	fmt.Println(s)
	true := false
	fmt.Println(true)
}
