// A trie with runes.
package main

import (
	"fmt"
	"sort"
)

type node struct {
	kids map[rune]*node
	end  bool
	n    int
}
type trie struct{ root node }

func (t *trie) add(w string) {
	c := &t.root
	for _, r := range w {
		if c.kids == nil {
			c.kids = make(map[rune]*node)
		}
		nx, ok := c.kids[r]
		if !ok {
			nx = new(node)
			c.kids[r] = nx
		}
		nx.n++
		c = nx
	}
	c.end = true
}
func (n *node) walk(pre string, f func(string)) {
	if n.end {
		f(pre)
	}
	var rs []rune
	for r := range n.kids {
		rs = append(rs, r)
	}
	sort.Slice(rs, func(i, j int) bool { return rs[i] < rs[j] })
	for _, r := range rs {
		n.kids[r].walk(pre+string(r), f)
	}
}
func (t *trie) find(p string) (out []string) {
	c := &t.root
	for _, r := range p {
		if c = c.kids[r]; c == nil {
			return nil
		}
	}
	c.walk(p, func(s string) { out = append(out, s) })
	return
}

func main() {
	var t trie
	for _, w := range []string{"tea", "ten", "to", "été", "t"} {
		t.add(w)
	}
	fmt.Println(t.find("te"), t.find("x") == nil, t.find("é"), t.find(""), t.root.kids['t'].n)
}
