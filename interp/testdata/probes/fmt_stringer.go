// Stringer and Error inside other values.
package main

import "fmt"

type c int

func (x c) String() string { return fmt.Sprintf("c%d", int(x)) }

type e struct{ msg string }

func (x *e) Error() string { return "E:" + x.msg }

type both struct{}

func (both) String() string { return "string" }
func (both) Error() string  { return "error" }

type wrap struct {
	C  c
	in c
	P  *c
	E  error
}

type g struct{ n int }

func (x g) GoString() string { return "g!" }

type f struct{}

func (f) Format(s fmt.State, verb rune) { fmt.Fprintf(s, "F(%c)", verb) }

type ptr struct{ n int }

func (p *ptr) String() string { return fmt.Sprint("ptr", p.n) }

func main() {
	fmt.Println(c(1), []c{1, 2}, map[c]c{1: 2}, [2]c{3, 4})
	fmt.Printf("%v %s %d %x %q %5v|%-5s|\n", c(1), c(2), c(3), c(10), c(4), c(5), c(6))
	fmt.Println(wrap{C: 1, in: 2})
	fmt.Printf("%+v\n", wrap{C: 1, in: 2, E: &e{"x"}})
	fmt.Println(&e{"m"}, both{}, []error{&e{"1"}, nil})
	fmt.Printf("%#v %v %v %d\n", g{1}, g{1}, f{}, f{})
	fmt.Println(ptr{1}, &ptr{2}, []*ptr{{3}}, []ptr{{4}})
	var x any = c(9)
	fmt.Printf("%v %d %T %s\n", x, x, x, []any{c(7), "s"})
	fmt.Println(fmt.Sprint(c(1), c(2)), fmt.Errorf("wrap %w %v", &e{"q"}, c(3)))
	var np *ptr
	fmt.Printf("%v\n", []any{np == nil})
	fmt.Printf("%s %v\n", struct{ A c }{5}, &struct{ B c }{6})
}
