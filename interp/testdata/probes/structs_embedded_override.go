// A method of the outer type hides the promoted one.
package main

import "fmt"

type animal struct{ name string }

func (a animal) Sound() string { return a.name + " makes a noise" }
func (a animal) Name() string  { return a.name }

type dog struct{ animal }

func (d dog) Sound() string { return d.animal.Sound() + ": woof" }

type sounder interface {
	Sound() string
	Name() string
}

func main() {
	var s sounder = dog{animal{"rex"}}
	fmt.Println(s.Sound(), s.Name())
	s = animal{"cat"}
	fmt.Println(s.Sound())
}
