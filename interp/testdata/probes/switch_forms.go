// Switch statements.
package main

import "fmt"

func side(s string, v int) int { fmt.Print(s, " "); return v }

func f(n int) string {
	switch {
	case n < 0:
		return "neg"
	case n == 0:
		return "zero"
	case n < 10, n == 100:
		return "small or 100"
	}
	return "big"
}

func main() {
	fmt.Println(f(-1), f(0), f(5), f(100), f(50))
	switch x := 5; x {
	case 1, 2, 3:
		fmt.Println("low")
	case 4, 5:
		fmt.Println("mid")
		fallthrough
	case 6:
		fmt.Println("fell")
	default:
		fmt.Println("default")
	}
	switch side("tag", 2) {
	case side("a", 1), side("b", 2), side("c", 3):
		fmt.Println("matched")
	case side("d", 4):
	}
	switch s := "q"; {
	default:
		fmt.Println("default first", s)
	case s == "z":
		fmt.Println("z")
	}
	switch {
	}
	switch r := 'x'; r {
	case 'a', 'e':
		fmt.Println("vowel")
	default:
		if r == 'x' {
			break
		}
		fmt.Println("no")
	}
	type day int
	const (
		mon day = iota
		tue
	)
	switch d := tue; d {
	case mon:
		fmt.Println("mon")
	case tue:
		fmt.Println("tue")
	}
}
