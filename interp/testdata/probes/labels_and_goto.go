// Labels, break, continue and goto.
package main

import "fmt"

func main() {
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	i := 0
loop:
	if i < 3 {
		fmt.Print(i, " ")
		i++
		goto loop
	}
	fmt.Println()
sw:
	switch {
	case i == 3:
		for {
			break sw
		}
		fmt.Println("never")
	default:
		fmt.Println("default")
	}
	n := 0
	for {
		n++
		switch {
		case n < 3:
			continue
		case n == 5:
			goto end
		}
		fmt.Print(n, " ")
	}
end:
	fmt.Println("end")
	for i := range 2 {
		select {
		default:
			if i == 0 {
				break
			}
			fmt.Println("select", i)
		}
	}
}
