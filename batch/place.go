package batch

import (
	"fmt"
	"strconv"
)

// place is where a record stands.
type place struct {
	source string
	rows   bool // line is the number of a row
	spot
}

// spot is where a record stands in its file. A chunk has one for each of its lines if these are not
// simply one behind the other there.
type spot struct {
	line   int64 // number of the line or row, 1-based
	offset int64 // in the decompressed file; of rows, where their row group begins
	item   int64 // of the records that stand on the line, 1-based; 0 if it is the only one
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

// place returns where the line of that number stands, counted from 0, which begins at off in Data.
func (c *Chunk) place(n, off int) place {
	at := place{source: c.Source, rows: c.Row > 0}
	switch {
	case n < len(c.spots):
		at.spot = c.spots[n]
	case at.rows:
		at.spot = spot{line: c.Row + int64(n), offset: c.Offset}
	default:
		at.spot = spot{line: c.Line + int64(n), offset: c.Offset + int64(off)}
	}
	return at
}

// broken returns where the damage of the chunk is, and what it costs.
func (c *Chunk) broken() (place, error) {
	d := c.Damage
	at := place{c.Source, d.Row > 0, spot{line: d.Line, offset: d.Offset}}
	if at.rows {
		at.spot = spot{line: d.Row, offset: c.Offset}
	}
	lost := "file"
	if d.Group > 0 {
		lost = "row group"
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
		Data: c.Data[off:], spots: c.spots[min(n, len(c.spots)):], shape: c.shape, calls: c.calls, traced: c.traced,
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
