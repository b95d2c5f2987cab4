// goto.
package main

import (
	"fmt"
)

func f() (n int) {
retry:
	n++
	if n < 3 {
		goto retry
	}
	i := 0
loop:
	for i < 10 {
		i++
		if i == 5 {
			break loop
		}
	}
	n += i
	goto done
done:
	return n
}

func main() {
	fmt.Println(f())
	i := 0
next:
	if i < 4 {
		fmt.Print(i, " ")
		i += 2
		goto next
	}
	fmt.Println()
}
