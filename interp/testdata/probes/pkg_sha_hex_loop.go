// Hashing many things.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/fnv"
)

type chain struct {
	prev [32]byte
	n    int
}

func (c *chain) add(s string) string {
	c.prev = sha256.Sum256(append(c.prev[:], s...))
	c.n++
	return hex.EncodeToString(c.prev[:4])
}
func digest(h hash.Hash64, s string) uint64 { h.Reset(); h.Write([]byte(s)); return h.Sum64() }

func main() {
	var c chain
	fmt.Println(c.add("a"), c.add("b"), c.n)
	h := fnv.New64a()
	fmt.Println(digest(h, "x"), digest(h, "x") == digest(h, "x"), digest(h, "y")%97)
}
