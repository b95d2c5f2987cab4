package diff

// groups counts records by a key: each of the first so many, and all others together.
type groups[K comparable] struct {
	max     int
	keys    []K // in the order in which they came
	tallies map[K]*Tally
	rest    Tally
}

func newGroups[K comparable](max int) *groups[K] {
	return &groups[K]{max: max, tallies: map[K]*Tally{}}
}

// of returns the tally of a key.
func (g *groups[K]) of(key K) *Tally {
	if t := g.tallies[key]; t != nil {
		return t
	}
	if len(g.keys) == g.max {
		return &g.rest
	}
	t := new(Tally)
	g.keys = append(g.keys, key)
	g.tallies[key] = t
	return t
}

func (g *groups[K]) merge(h *groups[K]) {
	for _, key := range h.keys {
		g.of(key).Add(h.tallies[key])
	}
	g.rest.Add(&h.rest)
}

// list names the groups, and returns the records of no group; nil if there are none.
func (g *groups[K]) list(name func(K) string) ([]Group, *Tally) {
	list := make([]Group, 0, len(g.keys))
	for _, key := range g.keys {
		list = append(list, Group{Name: name(key), Tally: *g.tallies[key]})
	}
	if g.rest.Records == 0 {
		return list, nil
	}
	return list, &g.rest
}
