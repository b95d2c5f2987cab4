// Package reflect.
package main

import (
	"fmt"
	"reflect"
)

func main() { fmt.Println(reflect.TypeOf(1)) }
