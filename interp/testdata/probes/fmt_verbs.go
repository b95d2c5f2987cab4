// Formatting verbs.
package main

import "fmt"

type p struct {
	X int
	y string
	z *int
	w any
	e error
	l []string
	m map[string]int
}

func main() {
	v := p{1, "two", nil, 3.5, nil, []string{"a", "b"}, map[string]int{"k": 1}}
	fmt.Printf("%v\n%+v\n", v, v)
	fmt.Printf("%#v\n", struct {
		A int
		B string
		C []byte
	}{1, "x", []byte{1}})
	fmt.Printf("%#v %#v %#v\n", []int{1}, map[string]bool{"a": true}, "s")
	fmt.Printf("%d|%5d|%-5d|%05d|%+d|%x|%X|%o|%b|%c|%q|%U\n", 42, 42, 42, 42, 42, 255, 255, 8, 5, 'A', 'B', 0x1F600)
	fmt.Printf("%f|%.2f|%8.3f|%-8.2f|%e|%g|%G\n", 3.14159, 3.14159, 3.14159, 3.14159, 123456.789, 1e21, 1e-7)
	fmt.Printf("%s|%10s|%-10s|%.2s|%q|%x|%X|% x\n", "go", "go", "go", "golang", "a\"b\n", "hi", "hi", "hi")
	fmt.Printf("%t|%v|%5t\n", true, false, true)
	fmt.Printf("%v %v %v %v\n", []byte("ab"), [3]bool{true}, []string(nil), map[int]string{2: "b", 1: "a"})
	fmt.Printf("%s %v %d\n", []string{"x", "y"}, []any{1, "a", nil}, []int{1, 2})
	fmt.Printf("%6.2f%%|%*d|%[2]d %[1]v\n", 12.345, 4, 7)
	fmt.Printf("%d %s\n", "str", 5)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%!\n")
	fmt.Printf("%T %T %T %T %T\n", 1, "s", 1.5, []int{}, map[string]any{})
	fmt.Printf("%T %T %T %T\n", v, &v, []p{}, func(int) string { return "" })
	fmt.Printf("%v %+v\n", &v.l, &struct{ A, B int }{1, 2})
	fmt.Printf("%08b %3c|%-4q|%#x|%#o|% d\n", 5, 'x', 'y', 255, 8, 5)
	fmt.Printf("%t %v\n", "no", nil)
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0), fmt.Sprintln("x", 1))
	fmt.Println(int8(5), uint8(6), 'a', "é", 1e6, float32(2.5), 1e20, 1e21)
}
