// A small program: accounts.
package main

import (
	"errors"
	"fmt"
	"sort"
)

var errFunds = errors.New("insufficient funds")

type acct struct {
	id   string
	bal  int
	hist []tx
}
type tx struct {
	kind string
	amt  int
}
type bank struct{ accts map[string]*acct }

func (b *bank) open(id string) *acct { a := &acct{id: id}; b.accts[id] = a; return a }
func (a *acct) apply(t tx) error {
	switch t.kind {
	case "in":
		a.bal += t.amt
	case "out":
		if a.bal < t.amt {
			return fmt.Errorf("account %s: %w: have %d, need %d", a.id, errFunds, a.bal, t.amt)
		}
		a.bal -= t.amt
	default:
		return fmt.Errorf("unknown kind %q", t.kind)
	}
	a.hist = append(a.hist, t)
	return nil
}
func (b *bank) transfer(from, to string, amt int) (err error) {
	f, ok := b.accts[from]
	if !ok {
		return fmt.Errorf("no account %s", from)
	}
	t, ok := b.accts[to]
	if !ok {
		return fmt.Errorf("no account %s", to)
	}
	if err = f.apply(tx{"out", amt}); err != nil {
		return
	}
	return t.apply(tx{"in", amt})
}

func main() {
	b := &bank{map[string]*acct{}}
	b.open("a").apply(tx{"in", 100})
	b.open("b")
	fmt.Println(b.transfer("a", "b", 30), b.transfer("a", "c", 1))
	err := b.transfer("b", "a", 50)
	fmt.Println(err, errors.Is(err, errFunds), b.accts["a"].apply(tx{"x", 1}))
	var ids []string
	for id := range b.accts {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		fmt.Println(id, b.accts[id].bal, b.accts[id].hist)
	}
}
