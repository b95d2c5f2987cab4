package urlparams

import (
	"net/url"
	"strings"
)

// parameter is a name with what it was given, in order.
type parameter struct {
	name   string
	values []string
}

// index is the position of a name, -1 if it is not there.
func index(list []parameter, name string) int {
	for i := range list {
		if list[i].name == name {
			return i
		}
	}
	return -1
}

// queries are the parts of an address that hold parameters: the query, and behind # what follows
// its "?", or all of it if it looks like a query itself.
func queries(address string, fragment bool) []string {
	address, behind, _ := strings.Cut(address, "#")
	var list []string
	if _, query, ok := strings.Cut(address, "?"); ok {
		list = append(list, query)
	}
	if !fragment {
		return list
	}
	if _, query, ok := strings.Cut(behind, "?"); ok {
		list = append(list, query)
	} else if strings.Contains(behind, "=") && !strings.Contains(behind, "/") {
		list = append(list, behind)
	}
	return list
}

// unescape undoes percent escapes and +; a text with a wrong escape stays as it is.
func unescape(text string) string {
	if !strings.ContainsAny(text, "%+") {
		return text
	}
	plain, err := url.QueryUnescape(text)
	if err != nil {
		return text
	}
	return plain
}

// names is a list of names; * in one stands for any letters.
type names []string

func newNames(list []string, lower bool) names {
	if !lower {
		return list
	}
	var n names
	for _, name := range list {
		n = append(n, strings.ToLower(name))
	}
	return n
}

func (n names) match(name string) bool {
	for _, pattern := range n {
		if pattern == name || strings.Contains(pattern, "*") && glob(pattern, name) {
			return true
		}
	}
	return false
}

// glob says whether a pattern with stars matches a whole name.
func glob(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if len(name) < len(first)+len(last) || !strings.HasPrefix(name, first) || !strings.HasSuffix(name, last) {
		return false
	}
	name = name[len(first) : len(name)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return true
}
