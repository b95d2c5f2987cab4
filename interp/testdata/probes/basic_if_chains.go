// If with init statements.
package main

import (
	"fmt"
	"strconv"
)

func classify(s string) string {
	if n, err := strconv.Atoi(s); err != nil {
		return "bad"
	} else if n < 0 {
		return "neg"
	} else if n%2 == 0 {
		return "even"
	} else {
		return "odd"
	}
}

func main() {
	for _, s := range []string{"1", "2", "-3", "x"} {
		fmt.Print(classify(s), " ")
	}
	if v := 3; v > 2 && v < 5 || false {
		fmt.Println("in")
	}
	if !(1 == 2) {
		fmt.Println("not")
	}
}
