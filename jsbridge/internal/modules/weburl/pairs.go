package weburl

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Pair is a name and a value of a query, decoded.
type Pair struct{ Name, Value string }

// Pairs is the list behind URLSearchParams, in the order of the query.
type Pairs []Pair

// ParsePairs decodes a query without its question mark.
// Source: URL Standard, section 5.1, application/x-www-form-urlencoded parsing.
func ParsePairs(query string) Pairs {
	if query == "" {
		return nil
	}
	pairs := make(Pairs, 0, strings.Count(query, "&")+1)
	for query != "" {
		var part string
		part, query, _ = strings.Cut(query, "&")
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		pairs = append(pairs, Pair{decodeForm(name), decodeForm(value)})
	}
	return pairs
}

func decodeForm(s string) string {
	if strings.IndexByte(s, '+') >= 0 {
		s = strings.ReplaceAll(s, "+", " ")
	}
	s = percentDecode(s)
	if !utf8.ValidString(s) {
		return DecodeUTF8(s)
	}
	return s
}

// String encodes the list as a query.
// Source: URL Standard, section 5.2, application/x-www-form-urlencoded serializing.
func (p Pairs) String() string {
	n := 0
	for i := range p {
		n += len(p[i].Name) + len(p[i].Value) + 2
	}
	b := make([]byte, 0, n)
	for i := range p {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(appendForm(b, p[i].Name), '=')
		b = appendForm(b, p[i].Value)
	}
	return string(b)
}

func appendForm(b []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ':
			b = append(b, '+')
		case encoded[c]&formSet != 0:
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}

// Get returns the first value of name.
func (p Pairs) Get(name string) (value string, ok bool) {
	for i := range p {
		if p[i].Name == name {
			return p[i].Value, true
		}
	}
	return "", false
}

// Delete removes the pairs of name, or only those with the value that is not nil.
func (p *Pairs) Delete(name string, value *string) {
	*p = slices.DeleteFunc(*p, func(pair Pair) bool {
		return pair.Name == name && (value == nil || pair.Value == *value)
	})
}

// Set gives the first pair of name the value and removes the others; it appends if there is none.
func (p *Pairs) Set(name, value string) {
	i := slices.IndexFunc(*p, func(pair Pair) bool { return pair.Name == name })
	if i < 0 {
		*p = append(*p, Pair{name, value})
		return
	}
	(*p)[i].Value = value
	rest := (*p)[i+1:]
	rest = slices.DeleteFunc(rest, func(pair Pair) bool { return pair.Name == name })
	*p = (*p)[:i+1+len(rest)]
}

// Sort orders the pairs by the UTF-16 code units of their names; equal names keep their order.
func (p Pairs) Sort() {
	slices.SortStableFunc(p, func(a, b Pair) int { return compareUTF16(a.Name, b.Name) })
}

// compareUTF16 differs from the order of bytes only where a name has characters beyond U+FFFF.
func compareUTF16(a, b string) int {
	if isBasic(a) && isBasic(b) {
		return strings.Compare(a, b)
	}
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

func isBasic(s string) bool {
	for i := range len(s) {
		if s[i] >= 0xee {
			return false
		}
	}
	return true
}

// DecodeUTF8 replaces each ill-formed sequence by one U+FFFD: a maximal prefix of a valid
// sequence counts as one. Source: Encoding Standard, section 8.1.1.
func DecodeUTF8[T string | []byte](data T) string {
	var b strings.Builder
	b.Grow(len(data) + 16)
	s := string(data)
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			n = illFormed(s)
			b.WriteRune(utf8.RuneError)
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

// illFormed is the length of the ill-formed sequence that s begins with.
func illFormed(s string) int {
	low, high, need := byte(0x80), byte(0xbf), 0
	switch lead := s[0]; {
	case lead >= 0xc2 && lead <= 0xdf:
		need = 1
	case lead == 0xe0:
		low, need = 0xa0, 2
	case lead == 0xed:
		high, need = 0x9f, 2
	case lead >= 0xe1 && lead <= 0xef:
		need = 2
	case lead == 0xf0:
		low, need = 0x90, 3
	case lead == 0xf4:
		high, need = 0x8f, 3
	case lead >= 0xf1 && lead <= 0xf3:
		need = 3
	}
	n := 1
	for n <= need && n < len(s) && s[n] >= low && s[n] <= high {
		low, high = 0x80, 0xbf
		n++
	}
	return n
}
