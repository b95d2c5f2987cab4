// Goroutines and a WaitGroup.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() { defer wg.Done(); n++ }()
	wg.Wait()
	fmt.Println(n)
}
