// Promoted fields and methods.
package main

import "fmt"

type base struct{ ID int }

func (b base) Describe() string { return fmt.Sprintf("base %d", b.ID) }
func (b *base) Bump()           { b.ID++ }

type middle struct {
	base
	Name string
}

type outer struct {
	*middle
	Extra string
}

func main() {
	o := outer{&middle{base{7}, "m"}, "x"}
	o.Bump()
	fmt.Println(o.ID, o.Describe(), o.Name, o.middle.base.ID)
	m := middle{Name: "n"}
	m.Bump()
	m.Bump()
	fmt.Println(m, m.Describe())
	fmt.Printf("%+v\n", m)
}
