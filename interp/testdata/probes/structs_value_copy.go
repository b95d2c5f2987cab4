// Assigning a struct copies it.
package main

import "fmt"

type point struct{ X, Y int }

func move(p point) point { p.X += 10; return p }

func main() {
	a := point{1, 2}
	b := a
	b.X = 99
	fmt.Println(a, b, move(a), a)
	arr := [2]point{{1, 2}, {3, 4}}
	cp := arr
	cp[0].X = 7
	fmt.Println(arr, cp, arr == cp, arr == [2]point{{1, 2}, {3, 4}})
}
