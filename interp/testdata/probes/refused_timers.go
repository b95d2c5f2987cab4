// Timers.
package main

import (
	"fmt"
	"time"
)

func main() {
	<-time.After(time.Millisecond)
	fmt.Println("done")
}
