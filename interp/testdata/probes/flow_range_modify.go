// Changing what is ranged over.
package main

import (
	"fmt"
)

func main() {
	s := []int{1, 2, 3}
	for i, v := range s {
		s[len(s)-1-i] = v * 10
		if i == 0 {
			s = append(s, 99)
		}
	}
	fmt.Println(s)
	m := map[int]bool{1: true, 2: true, 3: true}
	n := 0
	for k := range m {
		delete(m, k)
		n++
	}
	fmt.Println(n, len(m))
	a := [3]int{1, 2, 3}
	for i := range a {
		a[i] *= 2
	}
	for i, v := range a {
		a[2] = 100
		fmt.Print(i, v, " ")
	}
	fmt.Println(a)
	str := "abc"
	for i, c := range str {
		str += string(c)
		fmt.Print(i)
	}
	fmt.Println(str)
}
