package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"code.dny.dev/ssrf"
)

// rules are the hosts that were named.
type rules []rule

// rule is one entry of Options.Allow.
type rule struct {
	host  string     // in lower case, without a dot at the end; "" if addr is given
	below bool       // the hosts below host, not host itself
	addr  netip.Addr // invalid if host is given
	port  uint16     // 0 is every port
}

// parseRules reads Options.Allow and reports all that is wrong with it.
func parseRules(entries []string) (rules, error) {
	var rs rules
	var problems []error
	for _, entry := range entries {
		r, err := parseRule(entry)
		if err != nil {
			problems = append(problems, fmt.Errorf("--allow-net %q: %w", entry, err))
		}
		rs = append(rs, r)
	}
	return rs, errors.Join(problems...)
}

func parseRule(entry string) (rule, error) {
	if entry == "" || strings.ContainsAny(entry, "/\\?#@ \t\r\n") {
		return rule{}, refuse(ErrInvalid, "want HOST or HOST:PORT, as in api.example.org:8443")
	}
	host, port, err := splitPort(entry)
	if err != nil {
		return rule{}, err
	}
	name, below := strings.CutPrefix(host, "*.")
	if strings.Contains(name, "*") {
		return rule{}, refuse(ErrInvalid, "a star can only stand for all hosts below a domain, as in *.example.org")
	}
	u, err := parseURL("http://"+bracket(name)+"/", nil)
	if err != nil {
		return rule{}, refuse(ErrInvalid, "got host %q, want a name or an IP address", name)
	}
	r := rule{host: bareName(u.Hostname()), below: below, port: port}
	if addr, err := netip.ParseAddr(r.host); err == nil {
		if below {
			return rule{}, refuse(ErrInvalid, "a star can only stand before a name")
		}
		r.host, r.addr = "", addr.Unmap()
	}
	return r, nil
}

// splitPort takes HOST, HOST:PORT, an IPv6 address, and [v6] with or without a port apart.
func splitPort(entry string) (host string, port uint16, err error) {
	if _, err := netip.ParseAddr(entry); err == nil {
		return entry, 0, nil
	}
	if inside, ok := strings.CutSuffix(entry, "]"); ok && strings.HasPrefix(inside, "[") {
		return inside[1:], 0, nil
	}
	if !strings.Contains(entry, ":") {
		return entry, 0, nil
	}
	host, text, err := net.SplitHostPort(entry)
	if err != nil {
		return "", 0, refuse(ErrInvalid, "want HOST or HOST:PORT; an IPv6 address with a port is written [::1]:8080")
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		return "", 0, refuse(ErrInvalid, "got port %q, want 1 to 65535", text)
	}
	return host, uint16(n), nil
}

// bracket spells an IPv6 address as a URL does.
func bracket(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// bareName takes the dot of a fully qualified name away.
func bareName(host string) string { return strings.TrimSuffix(host, ".") }

// portOf is the port of a URL of [parseURL].
func portOf(u *url.URL) uint16 {
	if n, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return uint16(n)
	}
	if u.Scheme == "https" {
		return 443
	}
	return 80
}

// flagFor is what to write after --allow-net to get at u.
func flagFor(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return u.Hostname()
}

// opens says that a port is covered.
func (r rule) opens(port uint16) bool { return r.port == 0 || r.port == port }

// names says that host is covered.
func (r rule) names(host string) bool {
	if r.addr.IsValid() {
		addr, err := netip.ParseAddr(host)
		return err == nil && addr.Unmap() == r.addr
	}
	if r.below {
		return strings.HasSuffix(host, "."+r.host)
	}
	return host == r.host
}

// allow checks the host and port of a request or redirect, before anything is looked up.
func (rs rules) allow(u *url.URL) error {
	host, port := bareName(u.Hostname()), portOf(u)
	named := slices.DeleteFunc(slices.Clone(rs), func(r rule) bool { return !r.names(host) })
	if len(named) == 0 {
		return refuse(ErrNotAllowed, "host %q is not allowed; name it with --allow-net %s", host, flagFor(u))
	}
	if !slices.ContainsFunc(named, func(r rule) bool { return r.opens(port) }) {
		return refuse(ErrNotAllowed, "port %d of host %q is not allowed; name it with --allow-net %s:%d", port, host, bracket(host), port)
	}
	return nil
}

// admit checks an address that an allowed host has, before it is dialled.
func (rs rules) admit(host string, port uint16, addr netip.Addr) error {
	host, addr = bareName(host), addr.WithZone("").Unmap()
	if isPublic(addr) || rs.nameAddr(addr, port) {
		return nil
	}
	local := isLocalName(host) && isNear(addr)
	if local && rs.nameHost(host, port) {
		return nil
	}
	if local {
		return refuse(ErrInternal, "address %v of %q is internal (%s); name the host itself with --allow-net %s", addr, host, kindOf(addr), host)
	}
	return refuse(ErrInternal, "address %v of %q is internal (%s); if that is meant, name the address too, with --allow-net %v", addr, host, kindOf(addr), addr)
}

func (rs rules) nameAddr(addr netip.Addr, port uint16) bool {
	return slices.ContainsFunc(rs, func(r rule) bool { return r.addr == addr && r.opens(port) })
}

// nameHost says that an entry is host itself, not a domain above it.
func (rs rules) nameHost(host string, port uint16) bool {
	return slices.ContainsFunc(rs, func(r rule) bool { return r.host == host && !r.below && r.opens(port) })
}

// localDomains are domains that the public name system does not have: RFC 6761, RFC 6762, RFC
// 8375, ICANN's "internal", and those that ICANN keeps back because networks use them.
var localDomains = []string{
	"localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa", "localdomain", "test",
}

// isLocalName says that a name can only be meant for a machine nearby: it has no dot, or is in a
// domain that the public name system does not have.
func isLocalName(host string) bool {
	return !strings.ContainsAny(host, ".:") || slices.ContainsFunc(localDomains, func(domain string) bool {
		return strings.HasSuffix(host, "."+domain)
	})
}

// metadata are addresses where clouds hand out credentials, apart from the link-local ones, and
// that are public or private by their form. Sources: the documentation of Azure (wire server),
// Alibaba Cloud, AWS and Google Cloud.
var metadata = []netip.Prefix{
	netip.MustParsePrefix("168.63.129.16/32"),
	netip.MustParsePrefix("100.100.100.200/32"),
	netip.MustParsePrefix("fd00:ec2::/32"),
	netip.MustParsePrefix("fd20:ce::254/128"),
}

// shared is the address space of carriers, which overlay networks use too. Source: RFC 6598.
var shared = netip.MustParsePrefix("100.64.0.0/10")

// guard knows the special addresses of IANA's registries.
var guard = ssrf.New(ssrf.WithAnyPort(), ssrf.WithAnyNetwork())

// isPublic says that an address is one of the internet.
func isPublic(addr netip.Addr) bool {
	addr = embedded(addr)
	return guard.SafeAddr(addr) == nil && !isMetadata(addr)
}

// isNear says that an address is of this machine or its private networks, and nothing special.
func isNear(addr netip.Addr) bool {
	return (addr.IsLoopback() || addr.IsPrivate() || shared.Contains(addr)) && !isMetadata(addr)
}

func isMetadata(addr netip.Addr) bool {
	return slices.ContainsFunc(metadata, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// embedded is the IPv4 address that a NAT64 gateway translates addr to, else addr. Source: RFC
// 6052, section 2.1.
func embedded(addr netip.Addr) netip.Addr {
	if !ssrf.IPv6NAT64Prefix.Contains(addr) {
		return addr
	}
	b := addr.As16()
	return netip.AddrFrom4([4]byte(b[12:]))
}

func kindOf(addr netip.Addr) string {
	addr = embedded(addr)
	switch {
	case isMetadata(addr), addr == netip.AddrFrom4([4]byte{169, 254, 169, 254}):
		return "cloud metadata"
	case addr.IsLoopback():
		return "loopback"
	case addr.IsPrivate(), shared.Contains(addr):
		return "private"
	case addr.IsLinkLocalUnicast():
		return "link-local"
	case addr.IsMulticast():
		return "multicast"
	}
	return "reserved"
}
