package batch

import "strconv"

// place is where a record stands.
type place struct {
	source       string
	line, offset int64
	item         int64 // of the records that stand on the line, 1-based; 0 if it is the only one
}

func (p place) String() string {
	text := p.source + ":" + strconv.FormatInt(p.line, 10)
	if p.item > 0 {
		text += " event " + strconv.FormatInt(p.item, 10)
	}
	return text
}

// spot is where a line of a chunk stands in its source, for a chunk whose lines are not simply
// one behind the other there; see place.
type spot struct{ line, offset, item int64 }

// place returns where the line of that number stands, counted from 0, which begins at off in Data.
func (c *Chunk) place(n, off int) place {
	if n < len(c.spots) {
		s := c.spots[n]
		return place{c.Source, s.line, s.offset, s.item}
	}
	return place{source: c.Source, line: c.Line + int64(n), offset: c.Offset + int64(off)}
}

// rest returns the chunk without its first n lines, which end at off in Data.
func (c *Chunk) rest(n, off int) *Chunk {
	return &Chunk{
		Source: c.Source, Line: c.Line + int64(n), Offset: c.Offset + int64(off),
		Data: c.Data[off:], spots: c.spots[min(n, len(c.spots)):], shape: c.shape, calls: c.calls,
	}
}

// failure is a hook call that went wrong.
type failure struct {
	plugin int
	name   string // of the plugin
	hook   string
	err    error
}
