// Events, options and builders.
package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type bus struct {
	subs map[string][]func(payload any) error
}

func (b *bus) on(name string, f func(any) error) *bus {
	if b.subs == nil {
		b.subs = make(map[string][]func(any) error)
	}
	b.subs[name] = append(b.subs[name], f)
	return b
}

func (b *bus) emit(name string, p any) (errs error) {
	for i, f := range b.subs[name] {
		if err := f(p); err != nil {
			errs = errors.Join(errs, fmt.Errorf("handler %d: %w", i, err))
		}
	}
	return
}

type config struct {
	host string
	port int
	tags []string
}
type option func(*config) error

func withPort(p int) option {
	return func(c *config) error {
		if p < 0 {
			return fmt.Errorf("bad port %d", p)
		}
		c.port = p
		return nil
	}
}
func withTags(t ...string) option {
	return func(c *config) error { c.tags = append(c.tags, t...); return nil }
}

func newConfig(host string, opts ...option) (*config, error) {
	c := &config{host: host, port: 80}
	for _, o := range opts {
		if err := o(c); err != nil {
			return nil, fmt.Errorf("option: %w", err)
		}
	}
	return c, nil
}

type builder struct{ parts []string }

func (b builder) Where(s string, args ...any) builder {
	b.parts = append(b.parts[:len(b.parts):len(b.parts)], fmt.Sprintf(s, args...))
	return b
}
func (b builder) String() string { return strings.Join(b.parts, " AND ") }

func main() {
	errBad := errors.New("bad")
	b := (&bus{}).on("x", func(p any) error { fmt.Println("one", p); return nil }).on("x", func(any) error { return errBad })
	err := b.emit("x", 5)
	fmt.Println(err, errors.Is(err, errBad), b.emit("none", nil) == nil)
	c, err := newConfig("h", withPort(8080), withTags("b", "a"))
	sort.Strings(c.tags)
	fmt.Println(*c, err)
	_, err = newConfig("h", withPort(-1))
	fmt.Println(err)
	q := builder{}.Where("a=%d", 1)
	q1, q2 := q.Where("b=%q", "x"), q.Where("c=2")
	fmt.Println(q, "|", q1, "|", q2)
}
