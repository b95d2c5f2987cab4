// Scanning text.
package main

import (
	"fmt"
	"strings"
)

func main() {
	var n int
	var s string
	var f float64
	c, err := fmt.Sscanf("age 42 bob 1.5", "age %d %s %f", &n, &s, &f)
	fmt.Println(c, err, n, s, f)
	c, err = fmt.Sscan("7 eight", &n, &s)
	fmt.Println(c, err, n, s)
	_, err = fmt.Sscanf("x", "%d", &n)
	fmt.Println(err)
	r := strings.NewReader("1 2 3")
	sum := 0
	for {
		var v int
		if _, err := fmt.Fscan(r, &v); err != nil {
			break
		}
		sum += v
	}
	fmt.Println(sum)
}
