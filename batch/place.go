package batch

import "strconv"

// place is where a record stands.
type place struct {
	source       string
	line, offset int64
	rows         bool // line is the number of a row
}

func (p place) String() string {
	if p.rows {
		return p.source + ": row " + strconv.FormatInt(p.line, 10)
	}
	return p.source + ":" + strconv.FormatInt(p.line, 10)
}

// numbers returns the number of the line and that of the row, one of which is 0.
func (p place) numbers() (line, row int64) {
	if p.rows {
		return 0, p.line
	}
	return p.line, 0
}

// before is the place before the first record of a chunk.
func (c *Chunk) before() place {
	if c.Row > 0 {
		return place{source: c.Source, line: c.Row - 1, rows: true}
	}
	return place{source: c.Source, line: c.Line - 1}
}

// offset is where the record stands that begins at off in Data.
func (c *Chunk) offset(off int) int64 {
	if c.Row > 0 {
		return c.Offset
	}
	return c.Offset + int64(off)
}

// failure is a hook call that went wrong.
type failure struct {
	plugin int
	name   string // of the plugin
	hook   string
	err    error
}
