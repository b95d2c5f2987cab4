// Every form of range.
package main

import "fmt"

func main() {
	for i := range 3 {
		fmt.Print(i, " ")
	}
	for range 2 {
		fmt.Print("x ")
	}
	var n int8 = 3
	for i := range n {
		fmt.Printf("%d:%T ", i, i)
	}
	fmt.Println()
	for i, r := range "aé\xff世" {
		fmt.Print(i, ":", r, " ")
	}
	for i := range "ab" {
		fmt.Print(i)
	}
	fmt.Println()
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		fmt.Print(i, v, " ")
	}
	for i, v := range &arr {
		arr[2] = 20
		fmt.Print(i, v, " ")
	}
	s := []int{1, 2}
	for _, v := range s {
		s = append(s, v)
	}
	fmt.Println(s)
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	for v := range ch {
		fmt.Print(v, " ")
	}
	var i, v int
	for i, v = range []int{5, 6} {
	}
	fmt.Println(i, v)
	m := map[string]int{"a": 1, "b": 2}
	sum := 0
	for k, v := range m {
		sum += v + len(k)
		delete(m, k)
	}
	fmt.Println(sum, len(m))
	var np *[4]int
	for i := range np {
		fmt.Print(i)
	}
	for range []int(nil) {
		fmt.Print("never")
	}
	fmt.Println()
}
