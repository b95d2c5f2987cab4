// Every verb for every kind of operand, those that it has no meaning for included.
package main

import "fmt"

type P struct {
	X, Y int
	N    string
	B    []byte
	M    map[string]int
	p    *int
	I    any
	E    error
	F    float64
	C    complex128
	A    [2]bool
}
type S string

func (s S) String() string { return "S<" + string(s) + ">" }

type G struct{ a S }

func (G) GoString() string { return "G!" }

type Fm struct{ x int }

func (f Fm) Format(s fmt.State, v rune) {
	w, ok := s.Width()
	p, ok2 := s.Precision()
	fmt.Fprintf(s, "[%c %d %t %d %t %t %d]", v, w, ok, p, ok2, s.Flag('+'), f.x)
}

func main() {
	p := P{X: 1, Y: -2, N: "q\"\n", B: []byte("hi"), M: map[string]int{"b": 2, "a": 1}, I: S("z"), F: 1.5, C: 1 + 2i}
	for _, v := range []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%X", "% x", "%t", "%8.3f"} {
		fmt.Printf(v+"\n", p)
	}
	for _, v := range []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%5d", "%-5d|", "%05d", "%b", "%o", "%#x", "%c", "%U", "%#U", "%e", "%g"} {
		fmt.Printf(v+" ", 65)
		fmt.Printf(v+" ", "é日")
		fmt.Printf(v+" ", []int{1, 22})
		fmt.Printf(v+" ", map[S]int{"k": 1, "j": 2})
		fmt.Printf(v+" ", S("str"))
		fmt.Printf(v+" ", []S{"u", "v"})
		fmt.Printf(v+" ", G{"g"})
		fmt.Printf(v+" ", Fm{3})
		fmt.Printf(v+" ", []any{nil, 1, "a", S("b"), Fm{1}, 'x', 2.5, true})
		fmt.Printf(v+"\n", struct {
			A int
			B S
			c any
		}{1, "b", S("c")})
	}
	fmt.Printf("%[2]d %[1]d %d\n", 1, 2)
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 1, 5, 2, 2, 3.14159)
	fmt.Printf("%d %s\n", 1)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%!\n")
	fmt.Printf("%z\n", 3)
	var np *P
	var ne error
	fmt.Printf("%v %+v %s %d\n", np, ne, ne, np)
	fmt.Println(&p.M, &[]S{"a"}, &G{"x"}, &struct{ S }{"e"})
	fmt.Printf("%v %+v\n", &p, []*int{nil})
	fmt.Printf("%6.2f|%+d|%x|%X|% d|%08b|%q|%#q\n", 3.14159, 5, -255, "hello", 7, 5, 'x', "a`b")
	fmt.Printf("%t %v %p\n", true, false, nil)
	fmt.Printf("%s|%10s|%-10s|%.2s\n", S("a"), S("b"), S("c"), S("dd"))
	fmt.Printf("%v %v\n", [3]S{"a"}, [][]int{{1}, nil, {}})
	fmt.Printf("%#v %#v %#v\n", []any{1, "a", nil, 1.0}, map[string]any{"x": []int{1}}, [2]S{})
	fmt.Printf("%x %X\n", []byte("ab"), [3]byte{1, 2, 3})
	fmt.Printf("%q %v\n", []string{"a b", "c"}, []rune("hé"))
}
