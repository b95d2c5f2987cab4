package propertyfilter

import (
	"errors"
	"strings"
)

// path is a pattern for the path of a property: one for each name.
type path []segment

// segment is a pattern for one name of a path.
type segment struct {
	text   string // a name, or a pattern if glob
	glob   bool   // * and ? have their meaning
	levels bool   // any names, or none: **
}

// parsePath reads a path with dots between the names.
func parsePath(text string) (path, error) {
	var p path
	for text != "" {
		name, rest, more := cutName(text)
		if name == "" || more && rest == "" {
			return nil, errors.New("got an empty name between dots")
		}
		text = rest
		if levels := name == "**"; !levels || len(p) == 0 || !p[len(p)-1].levels {
			p = append(p, segment{text: unescape(name), glob: strings.ContainsAny(name, "*?"), levels: levels})
		}
	}
	if p[len(p)-1].levels {
		return nil, errors.New(`got "**" at the end, want a name after it; "*" is every name`)
	}
	return p, nil
}

// cutName cuts a path at its first dot that is part of no name.
func cutName(text string) (name, rest string, more bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '.':
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

func unescape(name string) string { return strings.ReplaceAll(name, `\.`, ".") }

// plainNames returns the names of those paths that are one name without wildcards.
func plainNames(paths []path) []string {
	var names []string
	for _, p := range paths {
		if len(p) == 1 && !p[0].glob {
			names = append(names, p[0].text)
		}
	}
	return names
}

// step goes down by one name: below are the paths that may match deeper, matches says whether one
// ends here.
func step(paths []path, name string) (below []path, matches bool) {
	for _, p := range paths {
		if p[0].levels {
			below = append(below, p)
			p = p[1:]
		}
		if !p[0].matches(name) {
			continue
		}
		if len(p) == 1 {
			return nil, true
		}
		below = append(below, p[1:])
	}
	return below, false
}

func (s segment) matches(name string) bool {
	if s.glob {
		return glob(s.text, name)
	}
	return s.text == name
}

// glob says whether a pattern with * and ? matches a whole name. It goes back to the last star
// only, so it takes at most len(pattern) * len(name) steps.
func glob(pattern, name string) bool {
	star, from := -1, 0
	p, n := 0, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, n
			p++
		case p < len(pattern) && pattern[p] == '?':
			p++
			n += letter(name[n:])
		case p < len(pattern) && pattern[p] == name[n]:
			p++
			n++
		case star >= 0:
			from++
			p, n = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// letter is how many bytes the first letter of a text has.
func letter(text string) int {
	for i := range text {
		if i > 0 {
			return i
		}
	}
	return len(text)
}
