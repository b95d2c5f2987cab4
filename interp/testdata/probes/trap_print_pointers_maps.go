// Printing through several levels.
package main

import (
	"fmt"
)

type in struct{ A int }
type o struct {
	P *in
	M map[string]*in
	L []*in
	I any
	E error
	S fmt.Stringer
}
type str string

func (s str) String() string { return "<" + string(s) + ">" }

func main() {
	fmt.Printf("%v %+v\n", &in{1}, &[]in{{2}})
	fmt.Printf("%v %v\n", &map[string]in{"a": {3}}, &[1]in{{4}})
	fmt.Printf("%v %+v\n", o{I: in{1}, S: str("s")}, o{I: []in{{5}}, E: fmt.Errorf("e")})
	fmt.Printf("%v %s %d\n", []str{"a"}, map[str]str{"k": "v"}, []any{in{6}, str("q"), 7})
	fmt.Printf("%#v %#v\n", str("z"), []any{1, "a", nil, in{1}, str("y")})
	fmt.Printf("%T %T %T %T\n", []any{}, map[str][]in{}, func(in, ...str) (*o, error) { return nil, nil }, make(chan<- in))
	fmt.Printf("%v|%6v|%-6v|%q\n", str("w"), str("w"), str("w"), str("w"))
	var s fmt.Stringer
	var np *in
	fmt.Println(s, np, []fmt.Stringer{nil, str("x")}, struct{ X *in }{})
	fmt.Printf("%s %v\n", error(nil), []error{fmt.Errorf("1")})
	fmt.Printf("%x %X %08.3f %+d %t\n", str("hi"), []byte("hi"), 3.14159, in{5}, struct{ B bool }{true})
}
