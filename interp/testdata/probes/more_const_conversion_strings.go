// Strings from numbers and back.
package main

import (
	"fmt"
	"strconv"
	"strings"
)

type code int
type label string

func (c code) Label() label { return label(strconv.Itoa(int(c))) }

func main() {
	c := code(65)
	fmt.Println(c.Label()+"!", string(rune(c)), label("x")+"y", strings.ToUpper(string(label("abc"))), len(label("é")))
	n, err := strconv.ParseInt("-0x1f", 0, 16)
	fmt.Println(n, err, strconv.FormatInt(-255, 16), strconv.Quote("é\t"), strconv.QuoteToASCII("é"), strconv.AppendBool(nil, true)[0])
	_, err = strconv.ParseUint("-1", 10, 64)
	fmt.Println(err)
	_, err = strconv.ParseBool("maybe")
	fmt.Println(err)
	for _, s := range []string{"12", "1e3", "abc", ""} {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			fmt.Print(f, " ")
		} else {
			fmt.Print(err, " ")
		}
	}
	fmt.Println()
	b := []byte("x")
	b = strconv.AppendInt(b, 42, 10)
	b = append(b, label("tail")...)
	fmt.Println(string(b), label(b), []label{"a"}[0] == "a", label("b") > "a")
}
