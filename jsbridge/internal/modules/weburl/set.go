package weburl

import "strings"

// The setters do what assigning to the property does in JavaScript: a value that will not do
// leaves the URL as it is. Source: URL Standard, section 6.1, URL class.

// SetHref replaces the whole URL; ok is false, and nothing changes, if href is none.
func (u *URL) SetHref(href string) (ok bool) {
	parsed, ok := Parse(href, nil)
	if ok {
		*u = *parsed
	}
	return ok
}

// SetProtocol changes the scheme to another one of its kind.
func (u *URL) SetProtocol(value string) {
	scheme, _, ok := cutScheme(removeNewlines(value) + ":")
	if !ok {
		return
	}
	port, special := schemePort(scheme)
	switch {
	case special != u.special:
		return
	case scheme == "file" && (u.hasCredentials() || u.port != noPort):
		return
	case u.scheme == "file" && u.host == "":
		return
	}
	u.text = ""
	u.scheme = scheme
	if u.port == port {
		u.port = noPort
	}
}

// bare URLs can have neither credentials nor a port.
func (u *URL) bare() bool { return u.host == "" || u.scheme == "file" }

// SetUsername percent-encodes value.
func (u *URL) SetUsername(value string) {
	if !u.bare() {
		u.text = ""
		u.username = percentEncode(value, userinfoSet)
	}
}

// SetPassword percent-encodes value.
func (u *URL) SetPassword(value string) {
	if !u.bare() {
		u.text = ""
		u.password = percentEncode(value, userinfoSet)
	}
}

// SetHost changes the host name, and the port if value has one.
func (u *URL) SetHost(value string) {
	host, port, hasPort := u.hostPart(value)
	if hasPort && host == "" || !u.replaceHost(host) || !hasPort {
		return
	}
	u.replacePort(port)
}

// SetHostname changes the host name only.
func (u *URL) SetHostname(value string) {
	if host, _, hasPort := u.hostPart(value); !hasPort {
		u.replaceHost(host)
	}
}

// hostPart is what a host setter looks at: up to the path, query or fragment. A file URL's host
// has no port, so that a colon is part of it.
func (u *URL) hostPart(value string) (host, port string, hasPort bool) {
	value = removeNewlines(value)
	value = value[:u.authorityEnd(value)]
	if u.scheme == "file" {
		return value, "", false
	}
	return cutPort(value)
}

func (u *URL) replaceHost(host string) bool {
	switch {
	case u.opaque:
		return false
	case u.scheme == "file":
		u.text = ""
		return u.setFileHost(host)
	case host == "" && (u.special || u.hasCredentials() || u.port != noPort):
		return false
	}
	u.text = ""
	return u.setHost(host)
}

// SetPort takes the digits that value begins with; an empty value removes the port.
func (u *URL) SetPort(value string) {
	if u.bare() {
		return
	}
	if value == "" {
		u.text = ""
		u.port = noPort
		return
	}
	u.replacePort(removeNewlines(value))
}

func (u *URL) replacePort(value string) {
	end := 0
	for end < len(value) && isDigit(value[end]) {
		end++
	}
	before := u.port
	if end == 0 || !u.setPort(value[:end]) {
		u.port = before
		return
	}
	u.text = ""
}

// SetPathname does nothing for an opaque path.
func (u *URL) SetPathname(value string) {
	if u.opaque {
		return
	}
	value = removeNewlines(value)
	u.path, u.text = "", ""
	switch {
	case value != "" && u.isSlash(value[0]):
		u.appendPath(value[1:])
	case value != "" || u.special:
		u.appendPath(value)
	case !u.hasHost:
		u.path = "/"
	}
}

// SetSearch takes a query with or without its question mark; an empty value removes it.
func (u *URL) SetSearch(value string) {
	u.text = ""
	if value == "" {
		u.query, u.hasQuery = "", false
		u.stripSpaces()
		return
	}
	u.setQuery(removeNewlines(strings.TrimPrefix(value, "?")))
}

// SetQuery puts a query that is encoded already, as [Pairs.String] returns it; an empty one
// removes the query.
func (u *URL) SetQuery(query string) {
	u.text = ""
	u.query, u.hasQuery = query, query != ""
	if query == "" {
		u.stripSpaces()
	}
}

// SetHash takes a fragment with or without its #; an empty value removes it.
func (u *URL) SetHash(value string) {
	u.text = ""
	if value == "" {
		u.fragment, u.hasFragment = "", false
		u.stripSpaces()
		return
	}
	u.setFragment(removeNewlines(strings.TrimPrefix(value, "#")))
}

// stripSpaces keeps an opaque path from ending in spaces when nothing follows it any more, since
// parsing would remove them.
func (u *URL) stripSpaces() {
	if u.opaque && !u.hasFragment && !u.hasQuery {
		u.path = strings.TrimRight(u.path, " ")
	}
}
