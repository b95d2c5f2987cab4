package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// tree counts differences by path.
type tree struct {
	limits limits
	root   node
	size   int   // nodes
	more   int64 // differences at paths for which there was no room
}

// node is a path.
type node struct {
	step   step // the last of it; the index is 0 for all elements of an array
	kids   map[step]*node
	order  []*node // kids, in the order in which they came
	counts [kinds]int64
	last   [kinds]int64 // the record that was counted last, by its number counted from 1
	shown  [kinds][]PathSample
}

func newTree(l limits) *tree { return &tree{limits: l} }

// kid returns the node below n; nil if there is no room for another one.
func (t *tree) kid(n *node, s step) *node {
	if s.index >= 0 {
		s.index = 0
	}
	if k := n.kids[s]; k != nil {
		return k
	}
	if t.size == MaxPaths {
		return nil
	}
	t.size++
	if n.kids == nil {
		n.kids = map[step]*node{}
	}
	k := &node{step: s}
	n.kids[s] = k
	n.order = append(n.order, k)
	return k
}

func (t *tree) node(path []step) *node {
	n := &t.root
	for _, s := range path {
		if n = t.kid(n, s); n == nil {
			return nil
		}
	}
	return n
}

// add counts a difference of record number i, counted from 0.
func (t *tree) add(r *record, i int64, path []step, k kind, before, after sdk.Value) {
	n := t.node(path)
	if n == nil {
		t.more++
		return
	}
	if n.last[k] == i+1 {
		return
	}
	n.last[k] = i + 1
	n.counts[k]++
	if len(n.shown[k]) < t.limits.examples {
		n.shown[k] = append(n.shown[k], PathSample{
			UUID: t.limits.text(r.input.UUID()), Place: r.place(),
			Change: t.limits.change(path, k, before, after),
		})
	}
}

func (t *tree) merge(u *tree) {
	t.more += u.more
	t.mergeKids(&t.root, &u.root)
}

func (t *tree) mergeKids(to, from *node) {
	for _, k := range from.order {
		n := t.kid(to, k.step)
		if n == nil {
			t.more += k.total()
			continue
		}
		for i := range kinds {
			n.counts[i] += k.counts[i]
			room := t.limits.examples - len(n.shown[i])
			n.shown[i] = append(n.shown[i], k.shown[i][:min(room, len(k.shown[i]))]...)
		}
		t.mergeKids(n, k)
	}
}

// total counts all differences at n and below.
func (n *node) total() int64 {
	var sum int64
	for _, count := range n.counts {
		sum += count
	}
	for _, k := range n.order {
		sum += k.total()
	}
	return sum
}

// list returns the paths with differences, those with most first.
func (t *tree) list() []Path {
	list := []Path{}
	var visit func(n *node, path []step)
	visit = func(n *node, path []step) {
		if n.counts != [kinds]int64{} {
			list = append(list, Path{
				Path:  t.limits.text(pathText(path, true)),
				Added: n.counts[added], Removed: n.counts[removed], Changed: n.counts[changed],
				Examples: append([]PathSample{}, slices.Concat(n.shown[:]...)...),
			})
		}
		for _, k := range n.order {
			visit(k, append(path, k.step))
		}
	}
	visit(&t.root, nil)
	slices.SortStableFunc(list, func(a, b Path) int {
		return cmp.Or(cmp.Compare(b.total(), a.total()), strings.Compare(a.Path, b.Path))
	})
	return list
}

func (p *Path) total() int64 { return p.Added + p.Removed + p.Changed }
