// Channels as values.
package main

import (
	"fmt"
)

type msg struct {
	id    int
	reply chan string
}

func produce(n int) <-chan int {
	c := make(chan int, n)
	for i := range n {
		c <- i * i
	}
	close(c)
	return c
}
func fill(c chan<- string, s ...string) {
	for _, x := range s {
		c <- x
	}
}

func main() {
	for v := range produce(4) {
		fmt.Print(v, " ")
	}
	m := msg{1, make(chan string, 1)}
	q := make(chan msg, 2)
	q <- m
	r := <-q
	r.reply <- fmt.Sprint("re ", r.id)
	fmt.Println(<-m.reply, len(q), cap(q))
	c := make(chan string, 3)
	fill(c, "a", "b")
	close(c)
	v, ok := <-c
	fmt.Println(v, ok, <-c, len(c))
	v, ok = <-c
	fmt.Printf("%q %v\n", v, ok)
	var nc chan int
	fmt.Println(nc == nil, nc != make(chan int))
	cc := make(chan chan int, 1)
	in := make(chan int, 1)
	cc <- in
	(<-cc) <- 42
	fmt.Println(<-in)
	errs := make(chan error, 1)
	errs <- nil
	fmt.Println(<-errs == nil)
	a := make(chan any, 2)
	a <- msg{id: 3}
	a <- nil
	fmt.Println((<-a).(msg).id, <-a)
	total := 0
	for i := 0; i < 6; i++ {
		select {
		case x := <-produce(2):
			total += x + 1
		default:
			total += 100
		}
	}
	fmt.Println(total)
}
