// Package encoding/csv.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

func main() {
	r := csv.NewReader(strings.NewReader("a,b\n\"q,1\",2\n"))
	for {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Printf("%q %d\n", rec, len(rec))
	}
	var sb strings.Builder
	w := csv.NewWriter(&sb)
	w.Write([]string{"x", "a,b", "say \"hi\""})
	w.Flush()
	fmt.Print(sb.String(), w.Error())
	_, err := csv.NewReader(strings.NewReader("a,b\nc\n")).ReadAll()
	fmt.Println(err)
}
