package weburl

import "strings"

// Parse makes a URL of input, which is relative to base unless base is nil. base stays as it is.
// ok is false if input is no URL. Source: URL Standard, section 4.4, basic URL parser.
func Parse(input string, base *URL) (u *URL, ok bool) {
	input = removeNewlines(trimControls(input))
	u = &URL{port: noPort}
	if !u.parse(input, base) {
		return nil, false
	}
	return u, true
}

// trimControls removes C0 controls and spaces at both ends.
func trimControls(s string) string {
	for s != "" && s[0] <= ' ' {
		s = s[1:]
	}
	for s != "" && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// removeNewlines removes tabs and newlines everywhere.
func removeNewlines(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, s)
}

func (u *URL) parse(in string, base *URL) bool {
	scheme, rest, ok := cutScheme(in)
	if !ok {
		return u.noScheme(in, base)
	}
	u.setScheme(scheme)
	switch {
	case u.scheme == "file":
		return u.file(rest, base)
	case u.special && base != nil && base.scheme == u.scheme && !strings.HasPrefix(rest, "//"):
		return u.relative(rest, base)
	case u.special:
		return u.authorityAfterSlashes(rest)
	case strings.HasPrefix(rest, "//"):
		return u.authority(rest[2:])
	case strings.HasPrefix(rest, "/"):
		u.pathQueryFragment(rest)
		return true
	}
	u.opaquePath(rest)
	return true
}

func (u *URL) setScheme(scheme string) {
	u.scheme = scheme
	_, u.special = schemePort(scheme)
}

// cutScheme splits in at the colon behind a scheme, which it lowers.
func cutScheme(in string) (scheme, rest string, ok bool) {
	for i := range len(in) {
		c := in[i]
		switch {
		case isAlpha(c):
		case c == ':' && i > 0:
			return lowerASCII(in[:i]), in[i+1:], true
		case i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		default:
			return "", in, false
		}
	}
	return "", in, false
}

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// lowerASCII returns s itself if there is nothing to lower.
func lowerASCII(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return strings.ToLower(s[:i+1]) + lowerRest(s[i+1:])
		}
	}
	return s
}

func lowerRest(s string) string {
	out := []byte(s)
	for i, c := range out {
		if c >= 'A' && c <= 'Z' {
			out[i] = c | 0x20
		}
	}
	return string(out)
}

// noScheme is the standard's no scheme state.
func (u *URL) noScheme(in string, base *URL) bool {
	switch {
	case base == nil:
		return false
	case base.opaque && !strings.HasPrefix(in, "#"):
		return false
	case base.opaque:
		*u = *base
		u.text = ""
		u.setFragment(in[1:])
		return true
	case base.scheme == "file":
		u.setScheme("file")
		return u.file(in, base)
	}
	return u.relative(in, base)
}

// relative is the standard's relative state and relative slash state.
func (u *URL) relative(in string, base *URL) bool {
	u.setScheme(base.scheme)
	if in != "" && u.isSlash(in[0]) {
		if len(in) > 1 && u.isSlash(in[1]) {
			if u.special {
				return u.authorityAfterSlashes(in)
			}
			return u.authority(in[2:])
		}
		u.copyAuthority(base)
		u.pathQueryFragment(in)
		return true
	}
	u.copyAuthority(base)
	u.path = base.path
	u.relativePath(in, base)
	return true
}

func (u *URL) copyAuthority(base *URL) {
	u.username, u.password = base.username, base.password
	u.host, u.hasHost, u.port = base.host, base.hasHost, base.port
}

// relativePath goes on from the path of base.
func (u *URL) relativePath(in string, base *URL) {
	switch {
	case in == "":
		u.query, u.hasQuery = base.query, base.hasQuery
	case in[0] == '?':
		u.queryFragment(in)
	case in[0] == '#':
		u.query, u.hasQuery = base.query, base.hasQuery
		u.setFragment(in[1:])
	default:
		u.shorten()
		u.segments(in)
	}
}

// isSlash takes \ for / in special URLs.
func (u *URL) isSlash(c byte) bool { return c == '/' || c == '\\' && u.special }

// authorityAfterSlashes skips any number of slashes, as special URLs allow.
func (u *URL) authorityAfterSlashes(in string) bool {
	for in != "" && (in[0] == '/' || in[0] == '\\') {
		in = in[1:]
	}
	return u.authority(in)
}

// authority is the standard's authority state, with host and port.
func (u *URL) authority(in string) bool {
	end := u.authorityEnd(in)
	hostPort, rest := in[:end], in[end:]
	if at := strings.LastIndexByte(hostPort, '@'); at >= 0 {
		name, password, _ := strings.Cut(hostPort[:at], ":")
		u.username = percentEncode(name, userinfoSet)
		u.password = percentEncode(password, userinfoSet)
		hostPort = hostPort[at+1:]
		if hostPort == "" {
			return false
		}
	}
	host, port, hasPort := cutPort(hostPort)
	if host == "" && (u.special || hasPort) {
		return false
	}
	if !u.setHost(host) || hasPort && !u.setPort(port) {
		return false
	}
	u.pathQueryFragment(rest)
	return true
}

func (u *URL) authorityEnd(in string) int {
	for i := range len(in) {
		switch c := in[i]; {
		case c == '/', c == '?', c == '#', c == '\\' && u.special:
			return i
		}
	}
	return len(in)
}

// cutPort splits at the first colon that is not in brackets.
func cutPort(in string) (host, port string, found bool) {
	brackets := false
	for i := range len(in) {
		switch in[i] {
		case '[':
			brackets = true
		case ']':
			brackets = false
		case ':':
			if !brackets {
				return in[:i], in[i+1:], true
			}
		}
	}
	return in, "", false
}

func (u *URL) setHost(text string) bool {
	host, ok := parseHost(text, u.special)
	if ok {
		u.host, u.hasHost = host, true
	}
	return ok
}

// setPort takes digits only; none at all means no port.
func (u *URL) setPort(text string) bool {
	u.port = noPort
	if text == "" {
		return true
	}
	n := 0
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
		if n = 10*n + int(text[i]-'0'); n > 65535 {
			return false
		}
	}
	if implied, _ := schemePort(u.scheme); n != implied {
		u.port = n
	}
	return true
}

// pathQueryFragment is the standard's path start state. in begins with the slash, or with what
// ends an authority.
func (u *URL) pathQueryFragment(in string) {
	if in != "" && u.isSlash(in[0]) {
		u.segments(in[1:])
		return
	}
	if u.special {
		u.segments(in)
		return
	}
	u.queryFragment(in)
}

// queryFragment takes "?query#fragment", either part optional.
func (u *URL) queryFragment(in string) {
	query, fragment, hasFragment := strings.Cut(in, "#")
	if strings.HasPrefix(query, "?") {
		u.setQuery(query[1:])
	}
	if hasFragment {
		u.setFragment(fragment)
	}
}

func (u *URL) setQuery(text string) {
	s := querySet
	if u.special {
		s = specialQuerySet
	}
	u.query, u.hasQuery = percentEncode(text, s), true
}

func (u *URL) setFragment(text string) {
	u.fragment, u.hasFragment = percentEncode(text, fragmentSet), true
}

// segments appends path segments to the path, and takes the query and the fragment behind them.
func (u *URL) segments(in string) {
	end := strings.IndexAny(in, "?#")
	if end < 0 {
		end = len(in)
	}
	u.appendPath(in[:end])
	u.queryFragment(in[end:])
}

// appendPath is the standard's path state.
func (u *URL) appendPath(in string) {
	if u.plainPath(in) {
		u.path += "/" + in
		return
	}
	for more := true; more; {
		var segment string
		segment, in, more = u.cutSegment(in)
		switch {
		case isDoubleDot(segment):
			u.shorten()
			if !more {
				u.path += "/"
			}
		case isSingleDot(segment):
			if !more {
				u.path += "/"
			}
		default:
			if u.scheme == "file" && u.path == "" && isDriveLetter(segment) {
				segment = segment[:1] + ":"
			}
			u.path += "/" + percentEncode(segment, pathSet)
		}
	}
}

// plainPath says that in can be appended as it is: no dots that might be a dot segment, nothing
// to encode, no drive letter.
func (u *URL) plainPath(in string) bool {
	if u.scheme == "file" {
		return false
	}
	start := true
	for i := range len(in) {
		c := in[i]
		if encoded[c]&pathSet != 0 || c == '\\' || start && (c == '.' || c == '%') {
			return false
		}
		start = c == '/'
	}
	return true
}

func (u *URL) cutSegment(in string) (segment, rest string, more bool) {
	for i := range len(in) {
		if u.isSlash(in[i]) {
			return in[:i], in[i+1:], true
		}
	}
	return in, "", false
}

func isSingleDot(s string) bool { return s == "." || len(s) == 3 && strings.EqualFold(s, "%2e") }

func isDoubleDot(s string) bool {
	switch len(s) {
	case 2:
		return s == ".."
	case 4:
		return strings.EqualFold(s, ".%2e") || strings.EqualFold(s, "%2e.")
	case 6:
		return strings.EqualFold(s, "%2e%2e")
	}
	return false
}

// shorten removes the last segment, but no drive letter of a file URL.
func (u *URL) shorten() {
	if u.scheme == "file" && len(u.path) == 3 && isNormalizedDriveLetter(u.path[1:]) {
		return
	}
	if at := strings.LastIndexByte(u.path, '/'); at >= 0 {
		u.path = u.path[:at]
	}
}

func isDriveLetter(s string) bool {
	return len(s) == 2 && isAlpha(s[0]) && (s[1] == ':' || s[1] == '|')
}

func isNormalizedDriveLetter(s string) bool { return len(s) == 2 && isAlpha(s[0]) && s[1] == ':' }

// startsWithDriveLetter is true for "C:" and "C|", and for these before a path, query or fragment.
func startsWithDriveLetter(s string) bool {
	return len(s) >= 2 && isDriveLetter(s[:2]) && (len(s) == 2 || strings.IndexByte(`/\?#`, s[2]) >= 0)
}

// opaquePath takes the path of a URL without slashes behind its scheme.
func (u *URL) opaquePath(in string) {
	u.opaque = true
	end := strings.IndexAny(in, "?#")
	if end < 0 {
		end = len(in)
	}
	u.path = percentEncode(in[:end], c0Set)
	u.queryFragment(in[end:])
}

// file is the standard's file state.
func (u *URL) file(in string, base *URL) bool {
	u.hasHost = true
	if base != nil && base.scheme != "file" {
		base = nil
	}
	switch {
	case in != "" && u.isSlash(in[0]):
		return u.fileSlash(in[1:], base)
	case base == nil:
		u.segments(in)
		return true
	}
	u.host, u.path = base.host, base.path
	if startsWithDriveLetter(in) {
		u.path = ""
		u.segments(in)
		return true
	}
	u.relativePath(in, base)
	return true
}

// fileSlash is the standard's file slash state and file host state.
func (u *URL) fileSlash(in string, base *URL) bool {
	if in == "" || !u.isSlash(in[0]) {
		if base != nil {
			u.host = base.host
			if !startsWithDriveLetter(in) && len(base.path) >= 3 && isNormalizedDriveLetter(base.path[1:3]) && (len(base.path) == 3 || base.path[3] == '/') {
				u.path = base.path[:3]
			}
		}
		u.segments(in)
		return true
	}
	in = in[1:]
	end := u.authorityEnd(in)
	host, rest := in[:end], in[end:]
	if isDriveLetter(host) {
		u.segments(in)
		return true
	}
	if !u.setFileHost(host) {
		return false
	}
	u.pathQueryFragment(rest)
	return true
}

func (u *URL) setFileHost(host string) bool {
	if host == "" {
		u.host = ""
		return true
	}
	if !u.setHost(host) {
		return false
	}
	if u.host == "localhost" {
		u.host = ""
	}
	return true
}
