// An LRU cache over container/list.
package main

import (
	"container/list"
	"fmt"
)

type ent struct {
	k string
	v any
}
type lru struct {
	cap int
	l   *list.List
	m   map[string]*list.Element
}

func mk(n int) *lru { return &lru{n, list.New(), map[string]*list.Element{}} }
func (c *lru) get(k string) (any, bool) {
	if e, ok := c.m[k]; ok {
		c.l.MoveToFront(e)
		return e.Value.(*ent).v, true
	}
	return nil, false
}
func (c *lru) put(k string, v any) {
	if e, ok := c.m[k]; ok {
		e.Value.(*ent).v = v
		c.l.MoveToFront(e)
		return
	}
	c.m[k] = c.l.PushFront(&ent{k, v})
	if c.l.Len() > c.cap {
		b := c.l.Back()
		delete(c.m, b.Value.(*ent).k)
		c.l.Remove(b)
	}
}

func main() {
	c := mk(2)
	c.put("a", 1)
	c.put("b", "two")
	c.get("a")
	c.put("c", []int{3})
	_, ok := c.get("b")
	v, _ := c.get("a")
	fmt.Println(ok, v, len(c.m))
	c.put("a", ent{"x", 1})
	v, _ = c.get("a")
	fmt.Println(v.(ent).k, c.l.Front().Value.(*ent).k)
}
