// Counting letters.
package main

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
)

func main() {
	counts := map[rune]int{}
	for _, r := range strings.ToLower("Hello, Wörld") {
		if unicode.IsLetter(r) {
			counts[r]++
		}
	}
	keys := []rune{}
	for r := range counts {
		keys = append(keys, r)
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return keys[i] < keys[j]
	})
	for _, r := range keys {
		fmt.Printf("%c%d ", r, counts[r])
	}
	fmt.Println()
}
