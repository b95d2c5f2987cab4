// Operands that are not evaluated.
package main

import (
	"fmt"
)

func t(s string, v bool) bool { fmt.Print(s, " "); return v }

func main() {
	fmt.Println(t("a", false) && t("b", true))
	fmt.Println(t("c", true) || t("d", true))
	fmt.Println(t("e", true) && t("f", true) && !t("g", false))
	fmt.Println(t("h", false) || t("i", false) || t("j", true) && t("k", true))
	var p *int
	if p != nil && *p > 0 {
		fmt.Println("no")
	}
	for n := 0; t("cond", n < 2); n++ {
	}
	fmt.Println()
}
