// Conversions of text and numbers.
package main

import (
	"errors"
	"fmt"
	"strconv"
)

func main() {
	n, err := strconv.Atoi("42")
	fmt.Println(n, err)
	_, err = strconv.Atoi("4x")
	fmt.Println(err, errors.Is(err, strconv.ErrSyntax))
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num)
	_, err = strconv.ParseInt("300", 10, 8)
	fmt.Println(err, errors.Is(err, strconv.ErrRange))
	f, _ := strconv.ParseFloat("1e-3", 64)
	b, _ := strconv.ParseBool("true")
	u, _ := strconv.ParseUint("ff", 16, 64)
	fmt.Println(f, b, u, strconv.Itoa(-5), strconv.FormatInt(255, 2), strconv.Quote("a\n\"é"), strconv.FormatFloat(1.5, 'f', 3, 64))
	s, err := strconv.Unquote(`"a\tb"`)
	fmt.Printf("%q %v %s\n", s, err, strconv.AppendInt(nil, 7, 10))
}
