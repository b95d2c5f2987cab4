// Package net/netip.
package main

import (
	"fmt"
	"net/netip"
)

func main() {
	a, err := netip.ParseAddr("192.168.1.10")
	fmt.Println(a, err, a.Is4(), a.IsPrivate(), a.Next())
	p := netip.MustParsePrefix("10.0.0.0/8")
	fmt.Println(p.Contains(netip.MustParseAddr("10.1.2.3")), p.Contains(a), p.Bits())
	_, err = netip.ParseAddr("x")
	fmt.Println(err)
	m := map[netip.Addr]int{a: 1}
	fmt.Println(m[netip.MustParseAddr("192.168.1.10")], a.Compare(netip.MustParseAddr("::1")))
}
