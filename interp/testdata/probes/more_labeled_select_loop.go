// Labels with select and switch in loops.
package main

import (
	"fmt"
)

func main() {
	ch := make(chan int, 10)
	for i := range 10 {
		ch <- i
	}
	close(ch)
	n := 0
L:
	for {
		select {
		case v, ok := <-ch:
			switch {
			case !ok:
				break L
			case v%2 == 0:
				continue L
			case v == 7:
				n += 100
				break
			}
			n += v
		default:
			break L
		}
	}
	fmt.Println(n)
M:
	for i := 0; ; i++ {
		for j := 0; ; j++ {
			if i+j > 6 {
				continue M
			}
			if i > 4 {
				break M
			}
			if j > 2 {
				break
			}
			fmt.Print(i*j, " ")
		}
	}
	fmt.Println()
	i := 0
N:
	switch i {
	case 0:
		for {
			i++
			if i > 3 {
				break N
			}
		}
	default:
		fmt.Println("no")
	}
	fmt.Println(i)
}
