package piiredact

import (
	"net/netip"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// kind is a kind of personal data.
type kind struct {
	name   string
	maybe  func(s string) bool                                // says no quickly where there is none
	find   func(s string, from int) (start, end int, ok bool) // the next one at or after from
	mask   func(found string) string
	normal func(found string) string // the same for all ways to write it
}

// kindsOf reads what to look for. Addresses come first: a phone number may look like a part of one.
func kindsOf(s *sdk.Settings) []kind {
	all := []kind{
		{"email", maybeEmail, findEmail, maskEmail, normalEmail},
		{"ip", maybeIP, findIP, maskIP, normalIP},
		{"card", maybeDigits, findCard, maskCard, digits},
		{"phone", maybeDigits, findPhone, maskPhone, normalPhone},
	}
	names := s.ListOf("detect", "email", "phone", "card", "ip", "none")
	if names == nil {
		return all
	}
	var kinds []kind
	for _, k := range all {
		for _, name := range names {
			if name == k.name {
				kinds = append(kinds, k)
				break
			}
		}
	}
	return kinds
}

func maybeEmail(s string) bool { return strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "%40") }

// findEmail finds an address: letters on both sides of an @, or of %40 as addresses of pages have
// it, and a dot in the right side.
func findEmail(s string, from int) (start, end int, ok bool) {
	for i := from; i < len(s); i++ {
		at := 0
		switch {
		case s[i] == '@':
			at = 1
		case s[i] == '%' && strings.HasPrefix(s[i:], "%40"):
			at = 3
		default:
			continue
		}
		start, end = i, i+at
		for start > from && isLocal(s[start-1]) {
			start--
		}
		for end < len(s) && (isWord(s[end]) || s[end] == '.' || s[end] == '-') {
			end++
		}
		end = i + at + len(strings.TrimRight(s[i+at:end], ".-"))
		if start < i && isDomain(s[i+at:end]) {
			return start, end, true
		}
	}
	return 0, 0, false
}

// isWord says whether a byte is of a letter or a digit; letters outside ASCII count.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLocal(c byte) bool {
	return isWord(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'
}

// isDomain wants two labels and a last one of letters.
func isDomain(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	return dot > 0 && len(s)-dot > 2 && !isDigit(s[len(s)-1]) && s[0] != '.' && !strings.Contains(s, "..")
}

func maskEmail(found string) string {
	i := strings.LastIndexByte(found, '@')
	if i < 0 {
		i = strings.LastIndex(found, "%40")
	}
	return "***" + found[i:]
}

func normalEmail(found string) string {
	return strings.ToLower(strings.ReplaceAll(found, "%40", "@"))
}

func maybeIP(s string) bool {
	return len(s) >= len("::1") && (strings.Count(s, ".") >= 3 || strings.Count(s, ":") >= 2)
}

// findIP finds an address: a run of its letters, with no letter before or behind it, that can be
// read as one; a port behind it is not part of it.
func findIP(s string, from int) (start, end int, ok bool) {
	for i := from; i < len(s); {
		if !isAddress(s[i]) {
			i++
			continue
		}
		start = i
		for i < len(s) && isAddress(s[i]) {
			i++
		}
		if isInWord(s, start, i) {
			continue
		}
		if n := addressLength(strings.TrimRight(s[start:i], ".")); n > 0 {
			return start, start + n, true
		}
	}
	return 0, 0, false
}

// addressLength is how many bytes of a text are an address, without a port; 0 if none are.
func addressLength(s string) int {
	if isIP(s) {
		return len(s)
	}
	if i := strings.LastIndexByte(s, ':'); i > 0 && isIP(s[:i]) {
		return i
	}
	return 0
}

func isAddress(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == ':' || c == '.'
}

// isInWord says whether a letter, a digit or an underscore stands before or behind a part of a text.
func isInWord(s string, start, end int) bool {
	return start > 0 && (isWord(s[start-1]) || s[start-1] == '_') || end < len(s) && (isWord(s[end]) || s[end] == '_')
}

func isIP(s string) bool {
	if !maybeIP(s) || len(s) > len("0000:0000:0000:0000:0000:ffff:255.255.255.255") {
		return false
	}
	a, err := netip.ParseAddr(s)
	return err == nil && !a.IsUnspecified()
}

func maskIP(found string) string {
	a, err := netip.ParseAddr(found)
	if err != nil {
		return "***"
	}
	bits := 48
	if a.Is4() {
		bits = 24
	} else if a.Is4In6() {
		bits = 96 + 24
	}
	network, _ := a.Prefix(bits)
	return network.Addr().String()
}

func normalIP(found string) string {
	a, err := netip.ParseAddr(found)
	if err != nil {
		return found
	}
	return a.Unmap().String()
}
