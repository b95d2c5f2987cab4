package weburl

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// parseHost is the standard's host parser, section 3.5.
func parseHost(in string, special bool) (string, bool) {
	if strings.HasPrefix(in, "[") {
		if !strings.HasSuffix(in, "]") {
			return "", false
		}
		address, ok := parseIPv6(in[1 : len(in)-1])
		if !ok {
			return "", false
		}
		return "[" + address.String() + "]", true
	}
	if !special {
		return opaqueHost(in)
	}
	domain := percentDecode(in)
	ascii, ok := plainDomain(domain)
	if !ok {
		if ascii, ok = domainToASCII(domain); !ok {
			return "", false
		}
	}
	if endsInNumber(ascii) {
		return parseIPv4(ascii)
	}
	return ascii, true
}

// opaqueHost is the host of a URL that is not special.
func opaqueHost(in string) (string, bool) {
	for i := range len(in) {
		if hostBytes[in[i]]&forbiddenHost != 0 {
			return "", false
		}
	}
	return percentEncode(in, c0Set), true
}

// Kinds of bytes in hosts.
const (
	forbiddenHost   = 1 << iota // forbidden host code point
	forbiddenDomain             // forbidden domain code point
)

var hostBytes = func() (table [256]uint8) {
	for c := range 0x20 {
		table[c] = forbiddenDomain
	}
	for _, c := range []byte("\x00\t\n\r #/:<>?@[\\]^|") {
		table[c] = forbiddenHost | forbiddenDomain
	}
	table['%'] |= forbiddenDomain
	table[0x7f] |= forbiddenDomain
	return table
}()

// plainDomain lowers a domain of ASCII letters without a label in Punycode. Such a domain needs
// no tables. ok is false if it is not so simple, or not valid.
func plainDomain(domain string) (lower string, ok bool) {
	for i := range len(domain) {
		c := domain[i]
		if c >= utf8.RuneSelf || hostBytes[c]&forbiddenDomain != 0 {
			return "", false
		}
		if c == '-' && i >= 3 && domain[i-1] == '-' && strings.EqualFold(domain[i-3:i-1], "xn") {
			return "", false
		}
	}
	return lowerASCII(domain), domain != ""
}

// profile is domain to ASCII with beStrict false: UTS 46 processing that is not transitional,
// with CheckBidi and CheckJoiners, without CheckHyphens, UseSTD3ASCIIRules and VerifyDnsLength.
var profile = idna.New(
	idna.MapForLookup(),
	idna.BidiRule(),
	idna.CheckJoiners(true),
	idna.CheckHyphens(false),
	idna.StrictDomainName(false),
	idna.VerifyDNSLength(false),
	idna.Transitional(false),
)

func domainToASCII(domain string) (string, bool) {
	if !utf8.ValidString(domain) {
		domain = strings.ToValidUTF8(domain, "\ufffd")
	}
	ascii, err := profile.ToASCII(domain)
	if err != nil || ascii == "" {
		return "", false
	}
	for i := range len(ascii) {
		if c := ascii[i]; c >= utf8.RuneSelf || hostBytes[c]&forbiddenDomain != 0 {
			return "", false
		}
	}
	return ascii, true
}

// DomainToUnicode is the inverse of the mapping that [Parse] applies to domains: labels in
// Punycode become the characters that they stand for. It is empty if domain is not valid.
func DomainToUnicode(domain string) string {
	u, ok := Parse("ws://"+domain, nil)
	if !ok {
		return ""
	}
	unicode, _ := profile.ToUnicode(u.host)
	return unicode
}
