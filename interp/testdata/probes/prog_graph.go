// Breadth first, depth first and Dijkstra.
package main

import (
	"container/heap"
	"fmt"
	"math"
	"sort"
	"strings"
)

type graph map[string]map[string]int

func (g graph) edge(a, b string, w int) {
	for _, n := range []string{a, b} {
		if g[n] == nil {
			g[n] = map[string]int{}
		}
	}
	g[a][b] = w
	g[b][a] = w
}
func (g graph) next(n string) []string {
	var l []string
	for k := range g[n] {
		l = append(l, k)
	}
	sort.Strings(l)
	return l
}
func (g graph) bfs(s string) []string {
	seen := map[string]bool{s: true}
	q := []string{s}
	var out []string
	for len(q) > 0 {
		n := q[0]
		q = q[1:]
		out = append(out, n)
		for _, m := range g.next(n) {
			if !seen[m] {
				seen[m] = true
				q = append(q, m)
			}
		}
	}
	return out
}
func (g graph) dfs(n string, seen map[string]bool, f func(string)) {
	if seen[n] {
		return
	}
	seen[n] = true
	f(n)
	for _, m := range g.next(n) {
		g.dfs(m, seen, f)
	}
}

type it struct {
	n string
	d int
}
type pq []it

func (p pq) Len() int           { return len(p) }
func (p pq) Less(i, j int) bool { return p[i].d < p[j].d }
func (p pq) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *pq) Push(x any)        { *p = append(*p, x.(it)) }
func (p *pq) Pop() any          { o := *p; x := o[len(o)-1]; *p = o[:len(o)-1]; return x }
func (g graph) dijkstra(s string) map[string]int {
	d := map[string]int{}
	for n := range g {
		d[n] = math.MaxInt
	}
	d[s] = 0
	q := &pq{{s, 0}}
	for q.Len() > 0 {
		c := heap.Pop(q).(it)
		if c.d > d[c.n] {
			continue
		}
		for m, w := range g[c.n] {
			if nd := c.d + w; nd < d[m] {
				d[m] = nd
				heap.Push(q, it{m, nd})
			}
		}
	}
	return d
}

func main() {
	g := graph{}
	g.edge("a", "b", 4)
	g.edge("a", "c", 1)
	g.edge("c", "b", 2)
	g.edge("b", "d", 5)
	var o []string
	g.dfs("a", map[string]bool{}, func(s string) { o = append(o, s) })
	fmt.Println(g.bfs("a"), strings.Join(o, ""), g.dijkstra("a"))
}
