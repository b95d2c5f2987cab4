// Package sync in one goroutine.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type cache struct {
	mu sync.RWMutex
	m  map[string]int
}

func (c *cache) get(k string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.m[k]
	return v, ok
}
func (c *cache) set(k string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil {
		c.m = map[string]int{}
	}
	c.m[k] = v
}

type locked struct {
	sync.Mutex
	n int
}

func main() {
	c := &cache{}
	c.set("a", 1)
	fmt.Println(c.get("a"))
	fmt.Println(c.get("b"))
	var l locked
	l.Lock()
	l.n++
	fmt.Println(l.TryLock())
	l.Unlock()
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	f := sync.OnceValue(func() int { fmt.Println("computed"); return 7 })
	fmt.Println(f(), f())
	var m sync.Map
	m.Store("k", locked{n: 3}.n)
	v, ok := m.Load("k")
	fmt.Println(v, ok)
	var n atomic.Int64
	n.Add(5)
	fmt.Println(n.Load(), n.CompareAndSwap(5, 6), n.Load())
	var i32 int32
	atomic.AddInt32(&i32, 2)
	var p atomic.Pointer[cache]
	fmt.Println(p.Load() == nil, i32)
	p.Store(c)
	fmt.Println(p.Load() == c)
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Done()
	wg.Wait()
	pool := sync.Pool{New: func() any { return new([]byte) }}
	fmt.Printf("%T\n", pool.Get())
}
