package rowgroup

import (
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// batchValues is how many values are taken out of a page at a time.
const batchValues = 128

// cursor walks the values of one column in one row group.
type cursor struct {
	name  string
	meta  *format.ColumnMetaData
	file  *File
	index int

	feed   *feed
	pages  *parquet.FilePages
	page   parquet.Page
	values parquet.ValueReader
	left   int64 // values that were not taken out of pages yet

	batch []parquet.Value
	next  int
	end   int
	err   error // why there are no more values; errNoMore at the end
}

func newCursor(f *File, group *format.RowGroup, i int) *cursor {
	meta := &group.Columns[i].MetaData
	return &cursor{name: f.columnName(i), meta: meta, file: f, index: i, left: meta.NumValues}
}

// open finds the pages.
func (c *cursor) open() error {
	pages, err := c.file.scan(c.meta)
	if err != nil {
		return err
	}
	c.feed = &feed{file: c.file, codec: c.meta.Codec, pages: pages}
	c.pages = c.file.leaves[c.index].PagesFrom(c.feed)
	c.batch = make([]parquet.Value, batchValues)
	return nil
}

var errNoMore = errors.New("no more values")

// noValue stands for a value where there is none.
var noValue parquet.Value

// peek returns the value at hand. It is valid, with the memory that it refers to, until the next
// peek after a take.
func (c *cursor) peek() *parquet.Value {
	if c.next == c.end {
		if c.err == nil {
			c.err = c.fill()
		}
		if c.err != nil {
			return &noValue
		}
	}
	return &c.batch[c.next]
}

// more says whether there is a value.
func (c *cursor) more() bool { return c.next < c.end || c.left > 0 }

// take goes to the next value and returns the one at hand.
func (c *cursor) take() *parquet.Value {
	v := c.peek()
	if c.next < c.end {
		c.next++
	}
	return v
}

// fill takes values out of the page, or goes to the next one.
func (c *cursor) fill() error {
	for c.left > 0 {
		if c.page == nil {
			if err := c.turn(); err != nil {
				return err
			}
		}
		n, err := c.values.ReadValues(c.batch)
		if n > 0 {
			c.next, c.end = 0, n
			c.left -= int64(n)
			return nil
		}
		if err != io.EOF {
			return errors.Join(err, io.ErrNoProgress)
		}
		parquet.Release(c.page)
		c.page = nil
	}
	return errNoMore
}

// turn goes to the next page.
func (c *cursor) turn() error {
	page, err := c.pages.ReadPage()
	switch {
	case err == nil:
		c.page, c.values = page, page.Values()
		return nil
	case c.feed.err != nil && c.feed.err != io.EOF:
		return c.feed.err
	case err == io.EOF:
		return io.ErrUnexpectedEOF
	}
	return err
}

func (c *cursor) close() {
	if c.page != nil {
		parquet.Release(c.page)
		c.page = nil
	}
	if c.pages != nil {
		c.pages.Close()
	}
}
