// Small algorithms on text.
package main

import (
	"fmt"
	"strings"
)

func caesar(s string, n int) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune('a' + (r-'a'+rune(n))%26)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func palindrome(s string) bool {
	for i := 0; i < len(s)/2; i++ {
		if s[i] != s[len(s)-1-i] {
			return false
		}
	}
	return true
}

func wordCount(s string) map[string]int {
	m := make(map[string]int)
	for _, w := range strings.Fields(strings.ToLower(s)) {
		m[strings.Trim(w, ".,!")]++
	}
	return m
}

func levenshtein(a, b string) int {
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur := make([]int, len(b)+1)
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
		}
		prev = cur
	}
	return prev[len(b)]
}

func compress(s string) string {
	out := ""
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		out += fmt.Sprintf("%c%d", s[i], j-i)
		i = j
	}
	return out
}

func main() {
	fmt.Println(caesar("hello, world", 3), palindrome("racecar"), palindrome("ab"), wordCount("The cat. the dog!"))
	fmt.Println(levenshtein("kitten", "sitting"), compress("aaabbc"))
}
