package batch

import (
	"fmt"
	"strconv"
)

// place is where a record stands.
type place struct {
	source       string
	line, offset int64
	item         int64 // of the records that stand on the line, 1-based; 0 if it is the only one
	rows         bool  // line is the number of a row
}

func (p place) String() string {
	text := p.source + ":"
	if p.rows {
		text += " row "
	}
	text += strconv.FormatInt(p.line, 10)
	if p.item > 0 {
		text += " event " + strconv.FormatInt(p.item, 10)
	}
	return text
}

// numbers returns the number of the line and that of the row, one of which is 0.
func (p place) numbers() (line, row int64) {
	if p.rows {
		return 0, p.line
	}
	return p.line, 0
}

// spot is where a line of a chunk stands in its source, for a chunk whose lines are not simply
// one behind the other there; see place.
type spot struct{ line, offset, item int64 }

// place returns where the line of that number stands, counted from 0, which begins at off in Data.
func (c *Chunk) place(n, off int) place {
	switch {
	case n < len(c.spots):
		s := c.spots[n]
		return place{c.Source, s.line, s.offset, s.item, c.Row > 0}
	case c.Row > 0:
		return place{source: c.Source, line: c.Row + int64(n), offset: c.Offset, rows: true}
	}
	return place{source: c.Source, line: c.Line + int64(n), offset: c.Offset + int64(off)}
}

// broken returns where the damage of the chunk is, and what it costs.
func (c *Chunk) broken() (place, error) {
	d := c.Damage
	at, lost := place{source: c.Source, line: d.Line, offset: d.Offset}, "file"
	if d.Row > 0 {
		at, lost = place{source: c.Source, line: d.Row, offset: c.Offset, rows: true}, "row group"
	}
	return at, fmt.Errorf("damaged %s data, the rest of the %s is lost: %w", c.Format, lost, d.Err)
}

// move has the chunk begin n lines later, off bytes behind its beginning. The data is not looked at.
func (c *Chunk) move(n int64, off int) {
	if c.Row > 0 {
		c.Row += n // they are all in one row group, which stands at Offset
		return
	}
	c.Line += n
	c.Offset += int64(off)
}

// rest returns the chunk without its first n lines, which end at off in Data.
func (c *Chunk) rest(n, off int) *Chunk {
	rest := &Chunk{
		Source: c.Source, Line: c.Line, Row: c.Row, Offset: c.Offset,
		Data: c.Data[off:], spots: c.spots[min(n, len(c.spots)):], shape: c.shape, calls: c.calls,
	}
	rest.move(int64(n), off)
	return rest
}

// failure is a hook call that went wrong.
type failure struct {
	plugin int
	name   string // of the plugin
	hook   string
	err    error
}
