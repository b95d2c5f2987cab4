// Labels across switch, select and range.
package main

import (
	"fmt"
)

func main() {
	m := [][]int{{1, 2, 3}, {4, -1, 6}, {7, 8, 9}}
rows:
	for i, r := range m {
		for j, v := range r {
			switch {
			case v < 0:
				fmt.Print("neg at ", i, j, "; ")
				continue rows
			case v > 8:
				fmt.Print("big; ")
				break rows
			}
			fmt.Print(v, " ")
		}
	}
	fmt.Println()
	ch := make(chan int, 5)
	for i := range 5 {
		ch <- i
	}
	close(ch)
drain:
	for {
		select {
		case v, ok := <-ch:
			if !ok {
				break drain
			}
			if v%2 == 0 {
				continue drain
			}
			fmt.Print(v, " ")
		}
	}
	fmt.Println()
}
