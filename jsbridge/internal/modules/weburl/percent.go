package weburl

import "strings"

// set is a group of bytes that are percent-encoded. The sets are bits of one table.
type set uint8

const (
	c0Set set = 1 << iota
	fragmentSet
	querySet
	specialQuerySet
	pathSet
	userinfoSet
	formSet
	componentSet
)

var encoded = func() (table [256]set) {
	add := func(s set, chars string) {
		for _, c := range []byte(chars) {
			table[c] |= s
		}
	}
	for c := range table {
		if c < 0x20 || c > 0x7e {
			table[c] = c0Set | fragmentSet | querySet | specialQuerySet | pathSet | userinfoSet
		}
	}
	add(fragmentSet, " \"<>`")
	add(querySet|specialQuerySet, " \"#<>")
	add(specialQuerySet, "'")
	add(pathSet|userinfoSet, " \"#<>?`{}")
	add(userinfoSet, "/:;=@[\\]^|")
	for c := range table {
		alnum := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !alnum && !strings.ContainsRune("*-._", rune(c)) {
			table[c] |= formSet
		}
		if !alnum && !strings.ContainsRune("-_.!~*'()", rune(c)) {
			table[c] |= componentSet
		}
	}
	return table
}()

const upperHex = "0123456789ABCDEF"

// percentEncode encodes the bytes of s that are in the set.
func percentEncode(text string, s set) string {
	n := 0
	for i := range len(text) {
		if encoded[text[i]]&s != 0 {
			n++
		}
	}
	if n == 0 {
		return text
	}
	out := make([]byte, 0, len(text)+2*n)
	for i := range len(text) {
		c := text[i]
		if encoded[c]&s != 0 {
			out = append(out, '%', upperHex[c>>4], upperHex[c&15])
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}

// EncodeComponent is encodeURIComponent: it encodes all but letters, digits and -_.!~*'().
func EncodeComponent(text string) string { return percentEncode(text, componentSet) }

// PercentDecode turns %XX into bytes, which need not be UTF-8; what is no such triple stays.
func PercentDecode(text string) string { return percentDecode(text) }

// percentDecode turns %XX into bytes; what is not such a triple stays.
func percentDecode(text string) string {
	first := strings.IndexByte(text, '%')
	if first < 0 {
		return text
	}
	out := make([]byte, first, len(text))
	copy(out, text)
	for i := first; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if hi, lo := unhex(text[i+1]), unhex(text[i+2]); hi < 16 && lo < 16 {
				out = append(out, hi<<4|lo)
				i += 2
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(out)
}

// unhex is the value of a hexadecimal digit, 16 for anything else.
func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 16
}
