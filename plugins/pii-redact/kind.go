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
	for i := from; i < len(s); {
		at := indexAt(s, i)
		if at < 0 {
			break
		}
		domain := at + len("@")
		if s[at] == '%' {
			domain = at + len("%40")
		}
		start = from + len(strings.TrimRightFunc(s[from:at], isLocal))
		rest := s[domain:]
		name := strings.TrimRight(rest[:len(rest)-len(strings.TrimLeftFunc(rest, isHost))], ".-")
		if start < at && isDomain(name) {
			return start, domain + len(name), true
		}
		i = domain
	}
	return 0, 0, false
}

// indexAt is the position of the next @ or %40 at or after i, -1 if there is none.
func indexAt(s string, i int) int {
	at, escaped := strings.IndexByte(s[i:], '@'), strings.Index(s[i:], "%40")
	if at < 0 || escaped >= 0 && escaped < at {
		at = escaped
	}
	if at < 0 {
		return -1
	}
	return i + at
}

// isWord says whether a letter is part of a word; all that are not ASCII are.
func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= 0x80
}

func isLocal(r rune) bool { return isWord(r) || strings.ContainsRune("._%+-", r) }

func isHost(r rune) bool { return isWord(r) || r == '.' || r == '-' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

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

// addressLetters are those of IPv4 and IPv6 addresses.
const addressLetters = "0123456789abcdefABCDEF:."

// findIP finds an address: a run of its letters, with no letter before or behind it, that can be
// read as one; a port behind it is not part of it.
func findIP(s string, from int) (start, end int, ok bool) {
	for i := from; i < len(s); {
		mark := strings.IndexAny(s[i:], ".:")
		if mark < 0 {
			break
		}
		start = i + len(strings.TrimRight(s[i:i+mark], addressLetters))
		end = len(s) - len(strings.TrimLeft(s[i+mark:], addressLetters))
		if n := addressLength(strings.TrimRight(s[start:end], ".")); n > 0 && !isInWord(s, start, end) {
			return start, start + n, true
		}
		i = end
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

// isInWord says whether a letter, a digit or an underscore stands before or behind a part of a text.
func isInWord(s string, start, end int) bool {
	return start > 0 && isWordByte(s[start-1]) || end < len(s) && isWordByte(s[end])
}

func isWordByte(c byte) bool { return c == '_' || isWord(rune(c)) }

// isIP says whether a text is an address; one without a digit is rather a name in a program.
func isIP(s string) bool {
	if !maybeIP(s) || !strings.ContainsAny(s, "0123456789") || len(s) > len("0000:0000:0000:0000:0000:ffff:255.255.255.255") {
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
