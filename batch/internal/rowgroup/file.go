package rowgroup

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	magic = "PAR1"
	// tailBytes is the length of the footer's length and of the magic at the end.
	tailBytes = 8
	// maxFooter is the largest footer that is read.
	maxFooter = 64 << 20
)

// Marks of the files that this package writes.
const (
	createdBy = "plugreel"
	// shapeKey is the key of the metadata that says what the columns mean; see [Columns].
	shapeKey   = "plugreel.rows"
	shapeValue = "1"
	// checksumKey is the key of the checksum of the footer: CRC-32 (IEEE) in hexadecimal, of the
	// footer with zeros in its place.
	checksumKey  = "plugreel.footer-crc32"
	checksumZero = "00000000"
)

// File is a Parquet file that is read. It may be used by several goroutines.
type File struct {
	r    io.ReaderAt
	size int64
	meta format.FileMetaData

	// leaves are the columns as the library sees them, in a file of its own that is made of our
	// metadata and holds nothing else: it decodes pages that were read and checked here.
	leaves []*parquet.FileColumnChunk
	types  []format.Type // of their values, as they are stored
	fields []*field
	root   *parquet.Column

	begins []int64 // see Begin

	native bool // a missing member is NULL, and the members of extra are those of the row
	strict bool // this package wrote it, and nobody has changed it
}

// Open reads the footer of a file. Errors: *[Damage] if the footer is not as it should be, or
// one of r.
func Open(r io.ReaderAt, size int64) (f *File, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Damage{Err: fmt.Errorf("footer: %w", panicked(v))}
		}
	}()
	f = &File{r: r, size: size}
	footer, err := f.readFooter()
	if err == nil {
		err = f.decodeFooter(footer)
	}
	var system *readError
	switch {
	case err == nil:
		f.count()
		return f, nil
	case errors.As(err, &system):
		return nil, system.err
	}
	return nil, &Damage{Err: err}
}

// Groups returns how many row groups there are.
func (f *File) Groups() int { return len(f.meta.RowGroups) }

// Rows returns how many rows a row group has, by the footer.
func (f *File) Rows(group int) int64 { return f.meta.RowGroups[group].NumRows }

// Begin returns where a row group begins, if they stand one after the other: how many bytes those before
// it take, by the footer. That is always less than the file has; behind the last row group it is the
// size of the file. It never decreases.
func (f *File) Begin(group int) int64 { return f.begins[group] }

// used returns how much of the file has been used up with so many rows of a row group, and with those
// behind that have none.
func (f *File) used(group int, rows int64) int64 {
	begin, total := f.Begin(group), f.Rows(group)
	if rows < total {
		return begin + int64(float64(f.Begin(group+1)-begin)*float64(rows)/float64(total))
	}
	for group++; group < f.Groups() && f.Rows(group) == 0; group++ {
	}
	return f.Begin(group)
}

// count finds out where row groups begin.
func (f *File) count() {
	begin := int64(0)
	for i := range f.meta.RowGroups {
		f.begins = append(f.begins, begin)
		for _, c := range f.meta.RowGroups[i].Columns {
			begin = min(begin+min(max(c.MetaData.TotalCompressedSize, 0), f.size), f.size-1)
		}
	}
	f.begins = append(f.begins, f.size)
}

// read reads n bytes at an offset into b, whose memory it uses if there is enough. Errors:
// *readError, io.ErrUnexpectedEOF.
func (f *File) read(b []byte, offset, n int64) ([]byte, error) {
	if offset < 0 || n < 0 || offset > f.size-n {
		return nil, io.ErrUnexpectedEOF
	}
	if int64(cap(b)) < n {
		b = make([]byte, n)
	}
	b = b[:n]
	got, err := f.r.ReadAt(b, offset)
	switch {
	case int64(got) == n:
		return b, nil
	case err == nil || err == io.EOF:
		return nil, io.ErrUnexpectedEOF // the file has become shorter
	}
	return nil, &readError{err}
}

func (f *File) readFooter() ([]byte, error) {
	if f.size < int64(len(magic))+tailBytes {
		return nil, ErrTruncated
	}
	tail, err := f.read(nil, f.size-tailBytes, tailBytes)
	if err != nil {
		return nil, err
	}
	if string(tail[4:]) != magic {
		return nil, ErrTruncated
	}
	n := int64(binary.LittleEndian.Uint32(tail))
	switch left := f.size - int64(len(magic)) - tailBytes; {
	case n > left:
		return nil, fmt.Errorf("footer: got a length of %d, want at most %d", n, left)
	case n > maxFooter:
		return nil, fmt.Errorf("footer: got %d bytes, want at most %d", n, maxFooter)
	}
	return f.read(nil, f.size-tailBytes-n, n)
}

func (f *File) decodeFooter(footer []byte) error {
	n, err := measure(footer)
	if err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), footer[:n], &f.meta); err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	if f.meta.EncryptionAlgorithm.Value != nil || n != len(footer) {
		return ErrEncrypted // what follows the metadata is a signature
	}
	if err := f.checkMarks(footer); err != nil {
		return err
	}
	if err := checkSchema(f.meta.Schema); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	return f.openLeaves()
}

// checkMarks finds out who wrote the file. A file of ours says so and has a checksum of its footer;
// one of somebody else says that, but may have our metadata if it is a copy.
func (f *File) checkMarks(footer []byte) error {
	for _, kv := range f.meta.KeyValueMetadata {
		if kv.Key == shapeKey {
			f.native = kv.Value == shapeValue
		}
	}
	by := f.meta.CreatedBy
	want, got := checksum(footer)
	switch {
	case got != nil && bytes.Equal(want, got):
		f.strict = true
	case strings.HasPrefix(by, createdBy), got != nil && by == "":
		return fmt.Errorf("footer: %w", ErrChecksum)
	}
	return nil
}

// checksum computes the checksum of a footer, and returns it with the one that stands there, which
// is nil if there is none.
func checksum(footer []byte) (want, there []byte) {
	pattern := append([]byte(checksumKey), 0x18, byte(len(checksumZero)))
	i := bytes.LastIndex(footer, pattern)
	if i < 0 || len(footer)-i < len(pattern)+len(checksumZero) {
		return []byte(checksumZero), nil
	}
	there = footer[i+len(pattern):][:len(checksumZero)]
	sum := crc32.ChecksumIEEE(footer[:i+len(pattern)])
	sum = crc32.Update(sum, crc32.IEEETable, []byte(checksumZero))
	sum = crc32.Update(sum, crc32.IEEETable, footer[i+len(pattern)+len(checksumZero):])
	return fmt.Appendf(nil, "%08x", sum), there
}

// checkSchema finds out that the list of elements is a tree that is not too deep and has values at
// the end of every branch.
func checkSchema(schema []format.SchemaElement) error {
	if len(schema) < 2 || len(schema) > math.MaxInt16 {
		return fmt.Errorf("got %d elements", len(schema))
	}
	rest, err := checkElement(schema, 0)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("got %d elements that belong to no group", len(rest))
	}
	return err
}

// checkElement checks the first element and those below it, and returns the others.
func checkElement(schema []format.SchemaElement, depth int) ([]format.SchemaElement, error) {
	if len(schema) == 0 {
		return nil, errors.New("got fewer elements than groups have")
	}
	e := &schema[0]
	schema = schema[1:]
	if e.Type.Valid {
		return schema, nil
	}
	if depth > maxDepth {
		return nil, errors.New("groups nest too deep")
	}
	if !e.NumChildren.Valid || e.NumChildren.V <= 0 {
		return nil, fmt.Errorf("%q: got a group without columns", e.Name)
	}
	var err error
	for range e.NumChildren.V {
		if schema, err = checkElement(schema, depth+1); err != nil {
			return nil, err
		}
	}
	return schema, nil
}

// openLeaves opens a file that has the columns of this one, and one row group of pages that are
// not compressed. It begins at offset 0 of whatever it is read from.
func (f *File) openLeaves() error {
	var group format.RowGroup
	schema := slices.Clone(f.meta.Schema)
	for i, e := range schema {
		if _, untyped := e.LogicalType.Value.(*format.NullType); untyped {
			schema[i].LogicalType.Value = nil // all values are NULL: of any type
		}
		if e.Type.Valid {
			f.types = append(f.types, e.Type.V)
			group.Columns = append(group.Columns, format.ColumnChunk{MetaData: format.ColumnMetaData{
				Type: e.Type.V, Encoding: []format.Encoding{format.Plain}, TotalCompressedSize: math.MaxInt64 / 2,
			}})
		}
	}
	meta := format.FileMetaData{Version: 1, Schema: schema, RowGroups: []format.RowGroup{group}}
	text, err := footerOf(&meta)
	if err != nil {
		return err
	}
	text = append([]byte(magic), text...)
	file, err := parquet.OpenFile(bytes.NewReader(text), int64(len(text)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	f.root = file.Root()
	f.fields = newFields(f.root)
	if f.strict {
		f.trust()
	}
	for _, c := range file.RowGroups()[0].ColumnChunks() {
		f.leaves = append(f.leaves, c.(*parquet.FileColumnChunk))
	}
	return nil
}

// trust has columns of JSON copied as they stand, in a file that [Encoder] wrote: what is no JSON it
// has put into extra. The record is checked as a whole when somebody works on it.
func (f *File) trust() {
	for _, field := range f.fields {
		if i := columnOf(field.plain); i >= 0 && columns[i].content == holdsJSON {
			field.append = appendKnown
		}
	}
}

// footerOf encodes metadata with what follows it in a file.
func footerOf(meta *format.FileMetaData) ([]byte, error) {
	text, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
	if err != nil {
		return nil, err
	}
	n := len(text)
	text = binary.LittleEndian.AppendUint32(text, uint32(n))
	return append(text, magic...), nil
}

// checkGroup compares the numbers of a row group with each other and with the size of the file.
func (f *File) checkGroup(g *format.RowGroup) *Damage {
	if len(g.Columns) != len(f.leaves) {
		return &Damage{Err: fmt.Errorf("got %d columns, want %d", len(g.Columns), len(f.leaves))}
	}
	stored := int64(0)
	for i := range g.Columns {
		if err := f.checkChunk(g, i); err != nil {
			return &Damage{Column: f.columnName(i), Err: err}
		}
		stored += g.Columns[i].MetaData.TotalCompressedSize
	}
	if limit := maxRows(stored); g.NumRows < 0 || g.NumRows > limit {
		return &Damage{Err: fmt.Errorf("got %d rows, want at most %d in %d bytes", g.NumRows, limit, stored)}
	}
	return nil
}

// maxRows is how many rows that many bytes of a row group may claim to hold, and maxValues how many
// values that many of a column: a run of one value takes a few bytes, however long it is, but not
// every column is one.
func maxRows(stored int64) int64   { return 1<<20 + 1<<10*stored }
func maxValues(stored int64) int64 { return 1<<24 + 1<<10*stored }

func (f *File) checkChunk(g *format.RowGroup, i int) error {
	c := &g.Columns[i]
	m := &c.MetaData
	if c.CryptoMetadata.Value != nil || c.FilePath != "" {
		return ErrEncrypted
	}
	if want := f.types[i]; m.Type != want {
		return fmt.Errorf("got values of type %v, want %v", m.Type, want)
	}
	if flat := f.leaf(i).MaxRepetitionLevel() == 0; flat && m.NumValues != g.NumRows {
		return fmt.Errorf("got %d values in %d rows", m.NumValues, g.NumRows)
	}
	end := f.size - tailBytes
	start := chunkStart(m)
	if start < int64(len(magic)) || m.TotalCompressedSize < 0 || start > end-m.TotalCompressedSize {
		return fmt.Errorf("got %d bytes at offset %d of %d", m.TotalCompressedSize, start, f.size)
	}
	if m.NumValues < 0 || m.NumValues > maxValues(m.TotalCompressedSize) {
		return fmt.Errorf("got %d values in %d bytes", m.NumValues, m.TotalCompressedSize)
	}
	return nil
}

// chunkStart returns where the pages of a column begin.
func chunkStart(m *format.ColumnMetaData) int64 {
	if d := m.DictionaryPageOffset; d > 0 && d < m.DataPageOffset {
		return d
	}
	return m.DataPageOffset
}

// leaf returns a column of values by its number.
func (f *File) leaf(i int) *parquet.Column { return f.leaves[i].Node().(*parquet.Column) }

func (f *File) columnName(i int) string {
	name := strings.Join(f.leaf(i).Path(), ".")
	if strings.ContainsFunc(name, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(name)
	}
	return name
}
