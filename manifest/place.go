package manifest

import (
	"regexp"
	"strconv"
	"strings"
)

// place is where a value stands, as a list from the inside out: most paths are never printed,
// so their text is made only on demand. A nil place is the whole text.
type place struct {
	up    *place
	name  string
	index int // of an array's element; -1 for a member, which has a name
}

func (p *place) member(name string) *place { return &place{up: p, name: name, index: -1} }
func (p *place) element(index int) *place  { return &place{up: p, index: index} }

var plainName = regexp.MustCompile(`^[\pL_$][\pL\pN_$-]*$`)

// String returns the place as "config[1].type" or `config["my key"]`; "" for nil.
func (p *place) String() string {
	if p == nil {
		return ""
	}
	up := p.up.String()
	if p.index >= 0 {
		return up + "[" + strconv.Itoa(p.index) + "]"
	}
	name := cut(p.name)
	if !plainName.MatchString(strings.TrimSuffix(name, "…")) {
		return up + "[" + strconv.Quote(name) + "]"
	}
	if up == "" {
		return name
	}
	return up + "." + name
}
