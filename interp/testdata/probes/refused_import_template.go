// Package text/template.
package main

import (
	"fmt"
	"text/template"
)

func main() {
	fmt.Println(template.New("x").Name())
}
