// Channels and select in one goroutine.
package main

import "fmt"

func main() {
	ch := make(chan int, 2)
	select {
	case v := <-ch:
		fmt.Println("got", v)
	default:
		fmt.Println("empty")
	}
	ch <- 1
	select {
	case ch <- 2:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	select {
	case ch <- 3:
		fmt.Println("sent")
	default:
		fmt.Println("full", len(ch), cap(ch))
	}
	select {
	case v, ok := <-ch:
		fmt.Println(v, ok)
	}
	close(ch)
	v, ok := <-ch
	fmt.Println(v, ok)
	v, ok = <-ch
	fmt.Println(v, ok)
	var nilCh chan string
	select {
	case s := <-nilCh:
		fmt.Println(s)
	default:
		fmt.Println("nil channel")
	}
	done := make(chan struct{})
	close(done)
	<-done
	results := make(chan func() string, 1)
	results <- func() string { return "called" }
	fmt.Println((<-results)())
	defer func() { fmt.Println(recover()) }()
	close(ch)
}
