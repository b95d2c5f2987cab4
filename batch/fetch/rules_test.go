package fetch_test

import (
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/fetch"
)

func TestAllow(t *testing.T) {
	everywhere := func(address string) *world {
		return &world{
			names: map[string][]string{
				"example.org": {address}, "api.example.org": {address}, "a.b.example.org": {address}, "xn--bcher-kva.example": {address},
				"localhost": {address}, "db": {address}, "db.internal": {address}, "metadata.google.internal": {address}, "db.": {address},
			},
			servers: map[string]http.HandlerFunc{},
		}
	}
	const ok = ""
	for _, c := range []struct {
		name, reason string
		allow        []string
		url, address string
		want         string // "" is an answer
		kind         error
	}{
		{"nothing", "off by default", nil, "https://example.org/x", public, `fetch https://example.org/x: host "example.org" is not allowed; name it with --allow-net example.org`, fetch.ErrNotAllowed},
		{"host", "every port", []string{"example.org"}, "http://example.org:81/", public, ok, nil},
		{"host in capitals", "names have no case", []string{"EXAMPLE.org"}, "http://Example.ORG/", public, ok, nil},
		{"dot at the end of the entry", "the same name", []string{"example.org."}, "http://example.org/", public, ok, nil},
		{"dot at the end of the host", "the same name", []string{"db"}, "http://db./", "10.0.0.7", ok, nil},
		{"international name", "compared in punycode", []string{"bücher.example"}, "http://BÜCHER.example/", public, ok, nil},
		{"another host", "only what was named", []string{"example.org"}, "http://api.example.org:8080/", public, `fetch http://api.example.org:8080/: host "api.example.org" is not allowed; name it with --allow-net api.example.org:8080`, fetch.ErrNotAllowed},
		{"port", "named", []string{"example.org:81"}, "http://example.org:81/", public, ok, nil},
		{"default port", "80 for http", []string{"example.org:80"}, "http://example.org/", public, ok, nil},
		{"another port", "only what was named", []string{"example.org:80"}, "https://example.org/", public, `fetch https://example.org/: port 443 of host "example.org" is not allowed; name it with --allow-net example.org:443`, fetch.ErrNotAllowed},
		{"star", "below the domain", []string{"*.example.org"}, "http://a.b.example.org/", public, ok, nil},
		{"star and port", "below the domain", []string{"*.example.org:80"}, "http://api.example.org/", public, ok, nil},
		{"star, domain itself", "not below", []string{"*.example.org"}, "http://example.org/", public, `fetch http://example.org/: host "example.org" is not allowed; name it with --allow-net example.org`, fetch.ErrNotAllowed},
		{"star, longer name", "labels, not letters", []string{"*.xample.org"}, "http://example.org/", public, `fetch http://example.org/: host "example.org" is not allowed; name it with --allow-net example.org`, fetch.ErrNotAllowed},

		{"private", "not an address of the internet", []string{"example.org"}, "http://example.org/", "10.0.0.7", `fetch http://example.org/: address 10.0.0.7 of "example.org" is internal (private); if that is meant, name the address too, with --allow-net 10.0.0.7`, fetch.ErrInternal},
		{"private and named", "meant", []string{"example.org", "10.0.0.7:80"}, "http://example.org/", "10.0.0.7", ok, nil},
		{"private and named with another port", "not meant", []string{"example.org", "10.0.0.7:81"}, "http://example.org/", "10.0.0.7", `fetch http://example.org/: address 10.0.0.7 of "example.org" is internal (private); if that is meant, name the address too, with --allow-net 10.0.0.7`, fetch.ErrInternal},
		{"literal", "named", []string{"10.0.0.7:8080"}, "http://10.0.0.7:8080/", "", ok, nil},
		{"literal in another spelling", "the same address", []string{"127.0.0.1"}, "http://0x7f.1/", "", ok, nil},
		{"literal not named", "refused before anything is dialled", []string{"example.org"}, "http://169.254.169.254/latest/meta-data", "", `fetch http://169.254.169.254/latest/meta-data: host "169.254.169.254" is not allowed; name it with --allow-net 169.254.169.254`, fetch.ErrNotAllowed},
		{"v6 literal", "named", []string{"::1"}, "http://[::1]:8080/", "", ok, nil},
		{"v6 literal in brackets", "named", []string{"[::1]"}, "http://[0:0::1]/", "", ok, nil},
		{"v6 literal with port", "named", []string{"[::1]:8080"}, "http://[::1]:8080/", "", ok, nil},
		{"v6 literal, another port", "not named", []string{"[::1]:8080"}, "http://[::1]/", "", `fetch http://[::1]/: port 80 of host "::1" is not allowed; name it with --allow-net [::1]:80`, fetch.ErrNotAllowed},
		{"mapped literal", "is the IPv4 address", []string{"10.0.0.7"}, "http://[::ffff:10.0.0.7]/", "", ok, nil},
		{"localhost", "a local name that was named", []string{"localhost"}, "http://localhost:8080/", "127.0.0.1", ok, nil},
		{"localhost v6", "a local name that was named", []string{"localhost"}, "http://localhost:8080/", "::1", ok, nil},
		{"local name", "it was named", []string{"db.internal:80"}, "http://db.internal/", "192.168.1.2", ok, nil},
		{"local name, overlay", "it was named", []string{"db"}, "http://db/", "100.64.1.2", ok, nil},
		{"local name by a star", "not named itself", []string{"*.internal"}, "http://db.internal/", "10.0.0.7", `fetch http://db.internal/: address 10.0.0.7 of "db.internal" is internal (private); name the host itself with --allow-net db.internal`, fetch.ErrInternal},
		{"local name of metadata", "never by name", []string{"metadata.google.internal"}, "http://metadata.google.internal/", "169.254.169.254", `fetch http://metadata.google.internal/: address 169.254.169.254 of "metadata.google.internal" is internal (cloud metadata); if that is meant, name the address too, with --allow-net 169.254.169.254`, fetch.ErrInternal},
		{"metadata and named", "meant", []string{"metadata.google.internal", "169.254.169.254"}, "http://metadata.google.internal/", "169.254.169.254", ok, nil},
		{"zone", "of no account", []string{"localhost"}, "http://localhost/", "fe80::1%lo0", `fetch http://localhost/: address fe80::1 of "localhost" is internal (link-local); if that is meant, name the address too, with --allow-net fe80::1`, fetch.ErrInternal},
		{"no such host", "what the resolver says", []string{"nowhere.example"}, "http://nowhere.example/", "", "fetch http://nowhere.example/: lookup nowhere.example: no such host", nil},
		{"no address", "said clearly", []string{"example.org"}, "http://example.org/", "", "fetch http://example.org/: lookup example.org: got no address", nil},
		{"refused and open", "the next address is tried", []string{"example.org"}, "http://example.org/", "10.0.0.7," + public, ok, nil},
		{"mapped public", "is the IPv4 address", []string{"example.org"}, "http://example.org/", "::ffff:" + public, ok, nil},
		{"NAT64 of a public address", "is that address", []string{"example.org"}, "http://example.org/", "64:ff9b::5db8:d822", ok, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := everywhere(c.address)
			for _, host := range []string{public, "10.0.0.7", "127.0.0.1", "[::1]", "192.168.1.2", "100.64.1.2", "169.254.169.254", "[64:ff9b::5db8:d822]"} {
				for _, port := range []string{":80", ":81", ":8080"} {
					w.servers[host+port] = say("hello")
				}
			}
			answer, err := get(w.client(t, w.options(c.allow...)), c.url)
			if c.want == ok {
				require.NoError(t, err, c.reason)
				assert.Equal(t, "hello", string(answer.Body), c.reason)
				return
			}
			require.EqualError(t, err, c.want, c.reason)
			assert.Empty(t, w.dialled, c.reason)
			if c.kind != nil {
				assert.ErrorIs(t, err, c.kind, c.reason)
			}
		})
	}
}

func TestInternalAddresses(t *testing.T) {
	for address, kind := range map[string]string{
		"0.0.0.0": "reserved", "10.1.2.3": "private", "100.64.0.1": "private", "127.0.0.1": "loopback", "127.9.9.9": "loopback",
		"169.254.169.254": "cloud metadata", "169.254.1.1": "link-local", "172.16.0.1": "private", "172.31.255.255": "private",
		"192.0.0.192": "reserved", "192.0.2.1": "reserved", "192.168.0.1": "private", "198.18.0.1": "reserved", "203.0.113.9": "reserved",
		"224.0.0.1": "multicast", "240.0.0.1": "reserved", "255.255.255.255": "reserved",
		"168.63.129.16": "cloud metadata", "100.100.100.200": "cloud metadata", "fd00:ec2::254": "cloud metadata", "fd20:ce::254": "cloud metadata",
		"::": "reserved", "::1": "loopback", "fe80::1": "link-local", "fc00::1": "private", "fd12::1": "private", "ff02::1": "multicast",
		"::ffff:127.0.0.1": "loopback", "::ffff:10.0.0.7": "private", "::ffff:169.254.169.254": "cloud metadata", "::10.0.0.7": "reserved",
		"64:ff9b::7f00:1": "loopback", "64:ff9b::a00:7": "private", "64:ff9b::a9fe:a9fe": "cloud metadata", "64:ff9b:1::a00:7": "reserved",
		"2002:a00:7::1": "reserved", "2001:db8::1": "reserved", "2001::1": "reserved",
	} {
		t.Run(address, func(t *testing.T) {
			w := &world{names: map[string][]string{"example.org": {address}}}
			_, err := get(w.client(t, w.options("example.org")), "http://example.org/")
			require.ErrorIs(t, err, fetch.ErrInternal)
			shown := netip.MustParseAddr(address).Unmap().String()
			assert.ErrorContains(t, err, "address "+shown+` of "example.org" is internal (`+kind+")")
			assert.Empty(t, w.dialled)
		})
	}
}

func TestAllowNeedsHosts(t *testing.T) {
	bad := map[string]string{
		"":                    "want HOST or HOST:PORT, as in api.example.org:8443",
		"https://example.org": "want HOST or HOST:PORT, as in api.example.org:8443",
		"user@example.org":    "want HOST or HOST:PORT, as in api.example.org:8443",
		"*":                   "a star can only stand for all hosts below a domain, as in *.example.org",
		"api.*.org":           "a star can only stand for all hosts below a domain, as in *.example.org",
		"*.10.0.0.7":          "a star can only stand before a name",
		"*.":                  `got host "", want a name or an IP address`,
		"a%zz":                `got host "a%zz", want a name or an IP address`,
		"1.2.3.4.5":           `got host "1.2.3.4.5", want a name or an IP address`,
		"example.org:":        `got port "", want 1 to 65535`,
		"example.org:0":       `got port "0", want 1 to 65535`,
		"example.org:65536":   `got port "65536", want 1 to 65535`,
		"::1:80:x":            "want HOST or HOST:PORT; an IPv6 address with a port is written [::1]:8080",
	}
	var entries []string
	for entry, want := range bad {
		_, err := fetch.New(fetch.Options{Allow: []string{"example.org", entry}})
		require.EqualError(t, err, `--allow-net "`+entry+`": `+want)
		require.ErrorIs(t, err, fetch.ErrInvalid)
		entries = append(entries, entry)
	}
	slices.Sort(entries)
	_, err := fetch.New(fetch.Options{Allow: entries})
	var all interface{ Unwrap() []error }
	require.True(t, errors.As(err, &all))
	assert.Len(t, all.Unwrap(), len(bad), "all problems are reported at once")
}

func TestNameThatChangesItsMind(t *testing.T) {
	w := site(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close") // so that the next request dials
	})
	w.names["example.org"] = []string{public, "127.0.0.1"}
	w.servers["127.0.0.1:80"] = say("inside")
	c := w.client(t, w.options("example.org"))

	_, err := get(c, "http://example.org/")
	require.NoError(t, err)
	_, err = get(c, "http://example.org/")
	require.ErrorIs(t, err, fetch.ErrInternal)
	assert.Equal(t, []string{public + ":80"}, w.dialled, "what was checked is what is dialled")
}
