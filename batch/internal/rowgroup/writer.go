package rowgroup

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go/format"
)

// GroupBytes is the size of pages, before compression, at which a row group ends.
const GroupBytes = 64 << 20

// errUnit says that a unit is not what an encoder made.
var errUnit = errors.New("malformed unit")

// Writer writes a file of the units of an [Encoder]. It keeps the pages of one row group, as they
// are compressed, until that is full. After an error it is of no use.
type Writer struct {
	w      io.Writer
	codec  format.CompressionCodec
	begun  bool
	offset int64
	chunks [len(columns)]chunk
	rows   int64 // of the row group
	plain  int64 // bytes of it before compression
	groups []format.RowGroup
	total  int64 // rows of the row groups before
}

// chunk is what one column has in the row group.
type chunk struct {
	pages    []byte
	count    int32 // of pages
	plain    int64
	nulls    int64
	min, max int64
	some     bool
}

// NewWriter returns a writer to w of units that were encoded with the codec.
func NewWriter(w io.Writer, c Codec) *Writer {
	return &Writer{w: w, codec: compressors[c].CompressionCodec()}
}

// Write adds the rows of one unit, and keeps no reference to it.
func (w *Writer) Write(unit []byte) (int, error) {
	if err := w.begin(); err != nil {
		return 0, err
	}
	d := decoder{rest: unit}
	w.rows += int64(d.uvarint())
	for i := range w.chunks {
		w.plain += w.chunks[i].add(&d)
	}
	if d.failed || len(d.rest) > 0 {
		return 0, errUnit
	}
	if w.plain < GroupBytes {
		return len(unit), nil
	}
	return len(unit), w.flush()
}

// Close ends the file. It does not close what it is written to.
func (w *Writer) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	footer, err := w.footer()
	if err != nil {
		return err
	}
	return w.write(footer)
}

func (w *Writer) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	return w.write([]byte(magic))
}

func (w *Writer) write(b []byte) error {
	n, err := w.w.Write(b)
	w.offset += int64(n)
	return err
}

// add takes the page of a column out of a unit and returns its size before compression.
func (c *chunk) add(d *decoder) int64 {
	c.pages = append(c.pages, d.bytes(d.uvarint())...)
	c.count++
	plain := int64(d.uvarint())
	c.plain += plain
	c.nulls += int64(d.uvarint())
	if d.uvarint() == 0 {
		return plain
	}
	low, high := d.int64(), d.int64()
	if !c.some {
		c.min, c.max, c.some = low, high, true
	}
	c.min, c.max = min(c.min, low), max(c.max, high)
	return plain
}

// flush writes the row group, if there are rows in it.
func (w *Writer) flush() error {
	if w.rows == 0 {
		return nil
	}
	g := format.RowGroup{NumRows: w.rows, TotalByteSize: w.plain, FileOffset: w.offset, Ordinal: int16(len(w.groups))}
	for i := range w.chunks {
		c := &w.chunks[i]
		g.Columns = append(g.Columns, w.describe(i))
		g.TotalCompressedSize += int64(len(c.pages))
		if err := w.write(c.pages); err != nil {
			return err
		}
		*c = chunk{pages: c.pages[:0]}
	}
	w.groups = append(w.groups, g)
	w.total += w.rows
	w.rows, w.plain = 0, 0
	return nil
}

// describe returns the metadata of a column, whose pages are written next.
func (w *Writer) describe(i int) format.ColumnChunk {
	c := &w.chunks[i]
	stats := format.Statistics{NullCount: c.nulls}
	if c.some {
		stats.MinValue = binary.LittleEndian.AppendUint64(nil, uint64(c.min))
		stats.MaxValue = binary.LittleEndian.AppendUint64(nil, uint64(c.max))
	}
	return format.ColumnChunk{MetaData: format.ColumnMetaData{
		Type:                  columns[i].content.physical(),
		Encoding:              []format.Encoding{format.Plain, format.RLE},
		PathInSchema:          []string{columns[i].name},
		Codec:                 w.codec,
		NumValues:             w.rows,
		TotalUncompressedSize: c.plain,
		TotalCompressedSize:   int64(len(c.pages)),
		DataPageOffset:        w.offset,
		Statistics:            stats,
		EncodingStats:         []format.PageEncodingStats{{PageType: format.DataPage, Encoding: format.Plain, Count: c.count}},
	}}
}

// footer returns what ends the file, with its checksum.
func (w *Writer) footer() ([]byte, error) {
	meta := format.FileMetaData{
		Version: 1, Schema: schema(), NumRows: w.total, RowGroups: w.groups, CreatedBy: createdBy,
		KeyValueMetadata: []format.KeyValue{{Key: shapeKey, Value: shapeValue}, {Key: checksumKey, Value: checksumZero}},
	}
	for range columns {
		meta.ColumnOrders = append(meta.ColumnOrders, format.ColumnOrder{Value: &format.TypeDefinedOrder{}})
	}
	text, err := footerOf(&meta)
	if err != nil {
		return nil, err
	}
	sum, there := checksum(text[:len(text)-tailBytes])
	copy(there, sum)
	return text, nil
}

// decoder takes a unit apart from the front.
type decoder struct {
	rest   []byte
	failed bool
}

func (d *decoder) bytes(n uint64) []byte {
	if n > uint64(len(d.rest)) {
		d.failed, d.rest = true, nil
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.failed, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) int64() int64 {
	b := d.bytes(8)
	if b == nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(b))
}
