package weburl

import (
	"strconv"
	"strings"
)

// URL is a URL record of the standard. The zero value is no URL; [Parse] makes one. It is not
// safe for concurrent use.
type URL struct {
	scheme             string // without the colon
	username, password string
	host               string
	port               int // noPort if there is none or it is the scheme's own
	path               string
	query, fragment    string
	special            bool
	hasHost            bool // false for the null host, which is not the empty one
	opaque             bool // path is text, not segments
	hasQuery           bool
	hasFragment        bool
	text               string // what Href returns, empty if a part changed since
}

const noPort = -1

// schemePort is the port that a special scheme implies.
func schemePort(scheme string) (port int, special bool) {
	switch scheme {
	case "http", "ws":
		return 80, true
	case "https", "wss":
		return 443, true
	case "ftp":
		return 21, true
	case "file":
		return noPort, true
	}
	return noPort, false
}

// Href is the whole URL. Source: URL Standard, section 4.5, URL serializing.
func (u *URL) Href() string {
	if u.text == "" {
		buf := make([]byte, 0, len(u.scheme)+len(u.username)+len(u.password)+len(u.host)+len(u.path)+len(u.query)+len(u.fragment)+16)
		u.text = string(u.append(buf))
	}
	return u.text
}

func (u *URL) append(b []byte) []byte {
	b = append(append(b, u.scheme...), ':')
	switch {
	case u.hasHost:
		b = append(b, "//"...)
		if u.hasCredentials() {
			b = append(b, u.username...)
			if u.password != "" {
				b = append(append(b, ':'), u.password...)
			}
			b = append(b, '@')
		}
		b = append(b, u.host...)
		if u.port != noPort {
			b = strconv.AppendInt(append(b, ':'), int64(u.port), 10)
		}
	case !u.opaque && strings.HasPrefix(u.path, "//"):
		b = append(b, "/."...) // or the path would read as a host
	}
	b = append(b, u.path...)
	if u.hasQuery {
		b = append(append(b, '?'), u.query...)
	}
	if u.hasFragment {
		b = append(append(b, '#'), u.fragment...)
	}
	return b
}

func (u *URL) hasCredentials() bool { return u.username != "" || u.password != "" }

// Origin is scheme, host and port of URLs that have an origin, "null" for others.
// Source: URL Standard, section 4.7.
func (u *URL) Origin() string {
	switch u.scheme {
	case "http", "https", "ws", "wss", "ftp":
		return u.scheme + "://" + u.Host()
	case "blob":
		if inner, ok := Parse(u.path, nil); ok && (inner.scheme == "http" || inner.scheme == "https") {
			return inner.Origin()
		}
	}
	return "null"
}

// Protocol is the scheme with its colon.
func (u *URL) Protocol() string { return u.scheme + ":" }

// Username is percent-encoded.
func (u *URL) Username() string { return u.username }

// Password is percent-encoded.
func (u *URL) Password() string { return u.password }

// Host is the host name, and the port if it is not the scheme's own.
func (u *URL) Host() string {
	if u.port == noPort {
		return u.host
	}
	return u.host + ":" + strconv.Itoa(u.port)
}

// Hostname is empty if there is none.
func (u *URL) Hostname() string { return u.host }

// Port is empty if there is none, or if it is the scheme's own.
func (u *URL) Port() string {
	if u.port == noPort {
		return ""
	}
	return strconv.Itoa(u.port)
}

// Pathname is percent-encoded.
func (u *URL) Pathname() string { return u.path }

// Search is the query with its question mark, empty if there is no query or it is empty.
func (u *URL) Search() string {
	if u.query == "" {
		return ""
	}
	return "?" + u.query
}

// Query is the query without its question mark.
func (u *URL) Query() string { return u.query }

// Hash is the fragment with its #, empty if there is none or it is empty.
func (u *URL) Hash() string {
	if u.fragment == "" {
		return ""
	}
	return "#" + u.fragment
}
