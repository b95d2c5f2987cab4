package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// label is a kind in words.
func label(kind string) string { return strings.ReplaceAll(kind, "_", " ") }

func kindsOf(kinds []string) string { return strings.Join(kinds, " ") }

// named is the name of an event or a day, or that there is none.
func named(name string) string {
	if name == "" {
		return "(none)"
	}
	return name
}

// grouped prints a number with commas between thousands.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func percent(n, of int64) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

// halves are two texts with what both begin and end with.
type halves struct{ Head, Before, After, Tail string }

// split finds what is different in the middle of two texts.
func split(before, after string) halves {
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	for head > 0 && !(runeAt(before, head) && runeAt(after, head)) {
		head--
	}
	b, a := before[head:], after[head:]
	tail := 0
	for tail < len(b) && tail < len(a) && b[len(b)-1-tail] == a[len(a)-1-tail] {
		tail++
	}
	for tail > 0 && !utf8.RuneStart(b[len(b)-tail]) {
		tail--
	}
	return halves{before[:head], b[:len(b)-tail], a[:len(a)-tail], b[len(b)-tail:]}
}

// runeAt says whether a text may be cut at i.
func runeAt(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// pretty indents JSON; what is cut off stays as it is.
func pretty(text string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String()
}
