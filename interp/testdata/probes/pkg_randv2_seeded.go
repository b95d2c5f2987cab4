// math/rand/v2 with a seed.
package main

import (
	"fmt"
	"math/rand/v2"
)

func main() {
	r := rand.New(rand.NewPCG(1, 2))
	fmt.Println(r.IntN(100), r.IntN(100), r.Perm(4), r.Uint32())
	n := rand.IntN(5)
	fmt.Println(n >= 0 && n < 5)
}
