package rowgroup

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/brotli"
	"github.com/parquet-go/parquet-go/compress/gzip"
	"github.com/parquet-go/parquet-go/compress/lz4"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/parquet-go/parquet-go/compress/uncompressed"
	"github.com/parquet-go/parquet-go/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/sdk"
)

// Codec is the compression of the pages of a file.
type Codec uint8

// The codecs, by their names in the format.
const (
	Zstd Codec = iota
	Snappy
	Gzip
	Brotli
	LZ4
	Uncompressed
)

// compressors belong to all encoders: they keep their state in pools. Levels favour speed, as for
// whole files.
var compressors = [...]compress.Codec{
	Zstd:         &zstd.Codec{Level: zstd.SpeedFastest},
	Snappy:       &snappy.Codec{},
	Gzip:         &gzip.Codec{Level: 3},
	Brotli:       &brotli.Codec{Quality: 1},
	LZ4:          &lz4.Codec{Level: lz4.Fastest},
	Uncompressed: &uncompressed.Codec{},
}

// String returns the name of the codec in the format, such as "ZSTD".
func (c Codec) String() string { return compressors[c].String() }

// Encoder turns records into pages: the records of one chunk into one page of every column. The
// bytes depend on the chunk only. It belongs to one worker: calls must not overlap.
type Encoder struct {
	codec   compress.Codec
	arena   *sdk.Arena
	columns [len(columns)]column
	record  record
	page    []byte
	packed  []byte
}

// NewEncoder returns an encoder.
func NewEncoder(c Codec) *Encoder {
	return &Encoder{codec: compressors[c], arena: sdk.NewArena()}
}

// column is what the rows of a chunk have in one column.
type column struct {
	levels   []byte // for each row 1, or 0 if it is NULL
	values   []byte // those that are not NULL, in the encoding PLAIN
	min, max int64  // of times
	some     bool   // there is a value
}

// record is a row on its way to columns.
type record struct {
	own    [own]sdk.Value // missing where there is no member
	others []byte         // members without a column, each with a comma after it
	extra  []byte
}

// AppendUnit appends the pages of a chunk of records, one JSON object on each line, for
// [Writer.Write]. Records are known to be valid JSON, each on one line. No records append nothing.
func (e *Encoder) AppendUnit(dst, lines []byte) ([]byte, error) {
	e.arena.Reset()
	for i := range e.columns {
		e.columns[i].reset()
	}
	rows := 0
	for line := range bytes.Lines(lines) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			e.add(line)
			rows++
		}
	}
	if rows == 0 {
		return dst, nil
	}
	dst = binary.AppendUvarint(dst, uint64(rows))
	for i := range e.columns {
		var err error
		if dst, err = e.appendPage(dst, &e.columns[i]); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// add adds a row.
func (e *Encoder) add(line []byte) {
	r := &e.record
	r.own, r.others, r.extra = [own]sdk.Value{}, r.others[:0], append(r.extra[:0], '{')
	event := e.arena.KnownEvent(line)
	event.Each(func(name string, v sdk.Value) bool {
		if i := columnOf(name); i >= 0 {
			r.own[i] = v
			return true
		}
		r.others = appendMember(r.others, name, v)
		return true
	})
	for i := range own {
		if v := r.own[i]; v.Exists() && !e.columns[i].add(columns[i].content, v) {
			r.extra = appendMember(r.extra, columns[i].name, v)
		} else if !v.Exists() {
			e.columns[i].addNull()
		}
	}
	event.Release()
	r.extra = append(r.extra, r.others...)
	if len(r.extra) == 1 {
		e.columns[own].addNull()
		return
	}
	r.extra[len(r.extra)-1] = '}' // where the last comma was
	e.columns[own].addText(r.extra)
}

func appendMember(dst []byte, name string, v sdk.Value) []byte {
	dst = append(sdk.AppendString(dst, name), ':')
	return append(append(dst, v.Raw()...), ',')
}

func (c *column) reset() {
	c.levels, c.values, c.some = c.levels[:0], c.values[:0], false
}

// add adds a value, or what comes closest to it, and says whether the column tells all about it:
// whether a reader finds the same there.
func (c *column) add(content content, v sdk.Value) bool {
	if v.IsNull() {
		c.addNull()
		return false // a NULL is a member that is missing
	}
	switch content {
	case holdsTime:
		return c.addTime(v)
	case holdsJSON:
		return c.addJSON(v)
	}
	return c.addString(v)
}

func (c *column) addNull() { c.levels = append(c.levels, 0) }

func (c *column) addText(text []byte) {
	c.levels = append(c.levels, 1)
	c.values = binary.LittleEndian.AppendUint32(c.values, uint32(len(text)))
	c.values = append(c.values, text...)
}

// addString adds a string; of other values their JSON.
func (c *column) addString(v sdk.Value) bool {
	raw := v.Raw()
	if v.Kind() != sdk.KindString {
		c.addText(raw)
		return false
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		c.addText(raw[1 : len(raw)-1])
		return true
	}
	s, _ := v.Str()
	c.addText([]byte(s))
	return !strings.ContainsRune(s, utf8.RuneError) // it may stand for half of a pair
}

// addJSON adds a value as it stands; of a string what is in it, which may or may not be JSON.
func (c *column) addJSON(v sdk.Value) bool {
	if v.Kind() != sdk.KindString {
		c.addText(v.Raw())
		return true
	}
	s, _ := v.Str()
	c.addText([]byte(s))
	return false
}

// addTime adds a time, NULL if it is none that we understand.
func (c *column) addTime(v sdk.Value) bool {
	raw := v.Raw()
	if v.Kind() != sdk.KindString {
		c.addNull()
		return false
	}
	t, ok := eventtime.Parse(string(raw[1 : len(raw)-1])) // a time has no escapes
	if !ok {
		c.addNull()
		return false
	}
	n := t.UnixMicro()
	if c.min, c.max = min(c.min, n), max(c.max, n); !c.some {
		c.min, c.max, c.some = n, n, true
	}
	c.levels = append(c.levels, 1)
	c.values = binary.LittleEndian.AppendUint64(c.values, uint64(n))
	var spelled [48]byte
	return bytes.Equal(micros.appendTime(spelled[:0], n, true), raw)
}

// levelEncoding is that of levels of one bit.
var levelEncoding = &rle.Encoding{BitWidth: 1}

// appendPage appends what [Writer] needs of a column: the page with its header, its size before
// compression, how many values are NULL, and the bounds of times.
func (e *Encoder) appendPage(dst []byte, c *column) ([]byte, error) {
	levels, err := levelEncoding.EncodeLevels(e.packed[:0], c.levels)
	if err != nil {
		return dst, err
	}
	e.page = binary.LittleEndian.AppendUint32(e.page[:0], uint32(len(levels)))
	e.page = append(append(e.page, levels...), c.values...)
	if e.packed, err = e.codec.Encode(levels, e.page); err != nil {
		return dst, err
	}
	header, err := e.header(len(c.levels))
	if err != nil {
		return dst, err
	}
	dst = binary.AppendUvarint(dst, uint64(len(header)+len(e.packed)))
	dst = append(append(dst, header...), e.packed...)
	dst = binary.AppendUvarint(dst, uint64(len(header)+len(e.page)))
	dst = binary.AppendUvarint(dst, uint64(bytes.Count(c.levels, []byte{0})))
	if !c.some {
		return append(dst, 0), nil
	}
	dst = binary.LittleEndian.AppendUint64(append(dst, 1), uint64(c.min))
	return binary.LittleEndian.AppendUint64(dst, uint64(c.max)), nil
}

// header encodes the header of a page. Pages are of version 1, where the checksum covers the
// levels and their length, too.
func (e *Encoder) header(rows int) ([]byte, error) {
	return thrift.Marshal(new(thrift.CompactProtocol), &format.PageHeader{
		Type:                 format.DataPage,
		UncompressedPageSize: int32(len(e.page)),
		CompressedPageSize:   int32(len(e.packed)),
		CRC:                  int32(crc32.ChecksumIEEE(e.packed)),
		DataPageHeader: thrift.New(format.DataPageHeader{
			NumValues: int32(rows), Encoding: format.Plain,
			DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
		}),
	})
}
