// Package text/tabwriter.
package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

func main() {
	var sb strings.Builder
	w := tabwriter.NewWriter(&sb, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "a\tbbb\tc\t")
	fmt.Fprintln(w, "aaaa\tb\tccccc\t")
	w.Flush()
	fmt.Print(sb.String())
}
