// Empty structs.
package main

import (
	"fmt"
)

type e struct{}

func (e) M() string { return "m" }

type i interface{ M() string }

func main() {
	set := map[string]struct{}{"a": {}}
	set["b"] = struct{}{}
	_, ok := set["a"]
	fmt.Println(ok, len(set), e{}.M(), i(e{}).M(), e{} == e{})
	ch := make(chan struct{}, 2)
	ch <- struct{}{}
	fmt.Println(len(ch), <-ch)
	var x any = e{}
	_, isE := x.(e)
	_, isS := x.(struct{})
	fmt.Println(isE, isS, x)
	switch x.(type) {
	case struct{}:
		fmt.Println("plain")
	case e:
		fmt.Println("e")
	}
}
