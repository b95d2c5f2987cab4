package weburl

import (
	"math"
	"strconv"
	"strings"
)

// endsInNumber says that a domain must be an IPv4 address to be valid.
func endsInNumber(domain string) bool {
	domain = strings.TrimSuffix(domain, ".")
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	if last == "" || !isDigit(last[0]) {
		return false
	}
	digits := true
	for i := range len(last) {
		digits = digits && isDigit(last[i])
	}
	if digits {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// parseIPv4 writes an address of one to four numbers as four decimal ones.
func parseIPv4(in string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(in, "."), ".")
	if len(parts) > 4 {
		return "", false
	}
	var address uint64
	for i, part := range parts {
		n, ok := parseIPv4Number(part)
		if !ok {
			return "", false
		}
		if i == len(parts)-1 {
			if n >= 1<<(8*(5-len(parts))) {
				return "", false
			}
			address += n
			break
		}
		if n > 255 {
			return "", false
		}
		address += n << (8 * (3 - i))
	}
	b := make([]byte, 0, 15)
	for shift := 24; shift >= 0; shift -= 8 {
		b = strconv.AppendUint(b, address>>shift&255, 10)
		if shift > 0 {
			b = append(b, '.')
		}
	}
	return string(b), true
}

// parseIPv4Number reads a decimal, octal (0…) or hexadecimal (0x…) number. A number too large for
// an address is returned as MaxUint64.
func parseIPv4Number(s string) (uint64, bool) {
	base := 10
	switch {
	case s == "":
		return 0, false
	case len(s) >= 2 && s[0] == '0' && s[1]|0x20 == 'x':
		s, base = s[2:], 16
	case len(s) >= 2 && s[0] == '0':
		s, base = s[1:], 8
	}
	if s == "" {
		return 0, true
	}
	if strings.IndexByte(s, '_') >= 0 || s[0] == '+' || s[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, base, 64)
	if err == nil {
		return n, true
	}
	if strings.HasSuffix(err.Error(), strconv.ErrRange.Error()) {
		return math.MaxUint64, true
	}
	return 0, false
}

type ipv6 [8]uint16

// parseIPv6 is the standard's IPv6 parser.
func parseIPv6(in string) (address ipv6, ok bool) {
	piece, compress, i := 0, -1, 0
	if strings.HasPrefix(in, ":") {
		if !strings.HasPrefix(in, "::") {
			return address, false
		}
		i, piece, compress = 2, 1, 1
	}
	for i < len(in) {
		if piece == 8 {
			return address, false
		}
		if in[i] == ':' {
			if compress >= 0 {
				return address, false
			}
			i++
			piece++
			compress = piece
			continue
		}
		value, length := uint16(0), 0
		for length < 4 && i+length < len(in) && unhex(in[i+length]) < 16 {
			value = value<<4 | uint16(unhex(in[i+length]))
			length++
		}
		end := i + length
		if end < len(in) && in[end] == '.' {
			if length == 0 || piece > 6 || !address.tail(in[i:], piece) {
				return address, false
			}
			piece += 2
			break
		}
		if end < len(in) {
			if in[end] != ':' || end+1 == len(in) {
				return address, false
			}
			end++
		}
		address[piece] = value
		piece++
		i = end
	}
	return address.expand(piece, compress)
}

// tail reads the IPv4 address that an IPv6 address may end with.
func (a *ipv6) tail(in string, piece int) bool {
	parts := strings.Split(in, ".")
	if len(parts) != 4 {
		return false
	}
	for i, part := range parts {
		if part == "" || len(part) > 3 || part[0] == '0' && len(part) > 1 {
			return false
		}
		n := 0
		for j := range len(part) {
			if !isDigit(part[j]) {
				return false
			}
			n = 10*n + int(part[j]-'0')
		}
		if n > 255 {
			return false
		}
		a[piece+i/2] = a[piece+i/2]<<8 | uint16(n)
	}
	return true
}

// expand moves the pieces behind :: to the end.
func (a *ipv6) expand(pieces, compress int) (ipv6, bool) {
	if compress < 0 {
		return *a, pieces == 8
	}
	for from, to := pieces-1, 7; from >= compress; from, to = from-1, to-1 {
		a[from], a[to] = a[to], a[from]
	}
	return *a, true
}

// String writes the longest run of two or more zero pieces, the first if several are as long, as
// two colons.
func (a ipv6) String() string {
	start, length := -1, 1
	for i := 0; i < 8; i++ {
		n := 0
		for i+n < 8 && a[i+n] == 0 {
			n++
		}
		if n > length {
			start, length = i, n
		}
		i += n
	}
	b := make([]byte, 0, 39)
	for i := 0; i < 8; i++ {
		if i == start {
			b = append(b, ':')
			if i == 0 {
				b = append(b, ':')
			}
			i += length - 1
			continue
		}
		b = strconv.AppendUint(b, uint64(a[i]), 16)
		if i < 7 {
			b = append(b, ':')
		}
	}
	return string(b)
}
