package rowgroup

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	// headerBytes is how much is read at a time to find the headers of pages, and maxHeader the
	// longest header: statistics make it long.
	headerBytes = 8 << 10
	maxHeader   = 4 << 20
	// keptBytes is the largest buffer that is kept from one page for the next.
	keptBytes = 8 << 20
)

// page is where a page stands and what its header says.
type page struct {
	header format.PageHeader
	offset int64 // of its data
}

// values returns how many values a page has, 0 if it is a dictionary.
func (p *page) values() int64 {
	switch p.header.Type {
	case format.DataPage:
		return int64(p.header.DataPageHeader.V.NumValues)
	case format.DataPageV2:
		return int64(p.header.DataPageHeaderV2.V.NumValues)
	}
	return 0
}

// scanner finds the pages of one column in one row group.
type scanner struct {
	file   *File
	meta   *format.ColumnMetaData
	window []byte // what was read from offset on
	buf    []byte // where it stands
	offset int64
	end    int64
}

// scan reads all headers of a column, before any of its pages: they are not covered by the
// checksums of pages, but they have to add up.
func (f *File) scan(meta *format.ColumnMetaData) ([]page, error) {
	s := scanner{file: f, meta: meta, offset: chunkStart(meta)}
	s.end = s.offset + meta.TotalCompressedSize
	var pages []page
	plain, values := int64(0), int64(0)
	for values < meta.NumValues {
		p, n, err := s.next()
		if err != nil {
			return nil, err
		}
		if err := s.check(&p, len(pages)); err != nil {
			return nil, fmt.Errorf("header of page %d: %w", len(pages)+1, err)
		}
		plain += int64(n) + int64(p.header.UncompressedPageSize)
		values += p.values()
		if p.header.Type != format.IndexPage {
			pages = append(pages, p)
		}
	}
	switch {
	case values != meta.NumValues:
		return nil, fmt.Errorf("got pages with %d values, want %d", values, meta.NumValues)
	case f.strict && (s.offset != s.end || plain != meta.TotalUncompressedSize):
		return nil, fmt.Errorf("got pages of %d bytes, want %d", plain, meta.TotalUncompressedSize)
	}
	return pages, nil
}

// next reads a header and goes to the one after it. n is the length of the header.
func (s *scanner) next() (p page, n int, err error) {
	if n, err = s.header(); err != nil {
		return p, 0, err
	}
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), s.window[:n], &p.header); err != nil {
		return p, 0, fmt.Errorf("page header: %w", err)
	}
	p.offset = s.offset + int64(n)
	size := int64(p.header.CompressedPageSize)
	if size < 0 || size > s.end-p.offset {
		return p, 0, fmt.Errorf("got a page of %d bytes with %d left", size, s.end-p.offset)
	}
	s.offset = p.offset + size
	s.window = s.window[min(int64(len(s.window)), int64(n)+size):]
	return p, n, nil
}

// header brings a whole header into the window and returns its length.
func (s *scanner) header() (int, error) {
	for want := int64(headerBytes); ; want *= 4 {
		n, err := measure(s.window)
		if err == nil && len(s.window) > 0 {
			return n, nil
		}
		left := s.end - s.offset
		if errors.Is(err, errMalformed) || int64(len(s.window)) >= left || want > maxHeader {
			return 0, fmt.Errorf("page header: %w", err)
		}
		if int64(len(s.window)) >= want {
			continue
		}
		if s.buf, err = s.file.read(s.buf, s.offset, min(want, left)); err != nil {
			return 0, err
		}
		s.window = s.buf
	}
}

// check compares the numbers in a header with each other.
func (s *scanner) check(p *page, before int) error {
	h := &p.header
	if err := checkRatio(int64(h.CompressedPageSize), int64(h.UncompressedPageSize)); err != nil {
		return err
	}
	if h.UncompressedPageSize < 0 || p.values() < 0 || p.values() > maxValues(int64(h.CompressedPageSize)) {
		return fmt.Errorf("got %d values in %d bytes", p.values(), h.CompressedPageSize)
	}
	if s.file.strict {
		return s.checkOurs(h)
	}
	switch h.Type {
	case format.DataPage:
		return s.checkEncoding(h.DataPageHeader.Valid, h.DataPageHeader.V.Encoding)
	case format.DataPageV2:
		return s.checkV2(h)
	case format.DictionaryPage:
		d := h.DictionaryPageHeader
		if before > 0 || !d.Valid || d.V.NumValues < 0 || d.V.NumValues > h.UncompressedPageSize*8 {
			return fmt.Errorf("got a dictionary of %d values", d.V.NumValues)
		}
	case format.IndexPage:
	default:
		return fmt.Errorf("got a page of type %v", h.Type)
	}
	return nil
}

// checkOurs finds out that a page is one that [Encoder] writes.
func (s *scanner) checkOurs(h *format.PageHeader) error {
	d := h.DataPageHeader
	if h.Type != format.DataPage || !d.Valid || d.V.Encoding != format.Plain || d.V.DefinitionLevelEncoding != format.RLE {
		return errors.New("got a page of another kind")
	}
	return nil
}

func (s *scanner) checkEncoding(valid bool, e format.Encoding) error {
	if !valid || !slices.Contains(s.meta.Encoding, e) {
		return fmt.Errorf("got encoding %v, want one of %v", e, s.meta.Encoding)
	}
	return nil
}

func (s *scanner) checkV2(h *format.PageHeader) error {
	d := &h.DataPageHeaderV2.V
	if err := s.checkEncoding(h.DataPageHeaderV2.Valid, d.Encoding); err != nil {
		return err
	}
	levels := int64(d.RepetitionLevelsByteLength) + int64(d.DefinitionLevelsByteLength)
	if d.RepetitionLevelsByteLength < 0 || d.DefinitionLevelsByteLength < 0 ||
		levels > int64(min(h.CompressedPageSize, h.UncompressedPageSize)) {
		return fmt.Errorf("got levels of %d bytes in a page of %d", levels, h.CompressedPageSize)
	}
	if d.NumNulls < 0 || d.NumNulls > d.NumValues {
		return fmt.Errorf("got %d nulls among %d values", d.NumNulls, d.NumValues)
	}
	return nil
}

// feed is what the library reads a column from, from its start to its end: each page checked and
// decompressed, with a header that says so.
type feed struct {
	file  *File
	codec format.CompressionCodec
	pages []page

	at     int64  // how much was handed on
	rest   []byte // to be handed on next
	data   []byte // of the page whose header is in rest; nil if rest is data
	stored []byte // buffers
	plain  []byte
	err    error // what the library was given instead of data
}

// ReadAt hands on what comes next: a header, or data, but nothing of the next page with it. The
// library asks for nothing else, unless it lacks a dictionary, and takes less than it asked for.
func (f *feed) ReadAt(p []byte, offset int64) (int, error) {
	if f.err == nil && offset != f.at {
		f.err = errors.New("got indexes, want a dictionary before them")
	}
	for f.err == nil && len(f.rest) == 0 {
		f.err = f.load()
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	f.at += int64(n)
	if n == 0 {
		return 0, f.err
	}
	return n, nil
}

// load goes on from a header to its data, and from that to the next page.
func (f *feed) load() error {
	if f.data != nil {
		f.rest, f.data = f.data, nil
		if cap(f.plain) > keptBytes {
			f.plain = nil
		}
		return nil
	}
	f.rest = nil
	if len(f.pages) == 0 {
		return io.EOF
	}
	p := &f.pages[0]
	f.pages = f.pages[1:]
	if err := f.fetch(p); err != nil {
		return err
	}
	f.rest, f.data = plainHeader(p.header), f.plain
	return nil
}

// fetch reads a page and undoes its compression.
func (f *feed) fetch(p *page) error {
	h := &p.header
	var err error
	if f.stored, err = f.file.read(f.stored, p.offset, int64(h.CompressedPageSize)); err != nil {
		return err
	}
	if sum := crc32.ChecksumIEEE(f.stored); (h.CRC != 0 || f.file.strict) && uint32(h.CRC) != sum {
		return fmt.Errorf("page at offset %d: %w", p.offset, ErrChecksum)
	}
	if n := int(h.UncompressedPageSize); cap(f.plain) >= n {
		f.plain = f.plain[:n]
	} else {
		f.plain = make([]byte, n)
	}
	if err := f.inflate(h); err != nil {
		return fmt.Errorf("page at offset %d: %w", p.offset, err)
	}
	if cap(f.stored) > keptBytes {
		f.stored = nil
	}
	return nil
}

// inflate decompresses stored to plain. The levels of a page of version 2 are never compressed.
func (f *feed) inflate(h *format.PageHeader) error {
	codec, levels := f.codec, 0
	if h.Type == format.DataPageV2 {
		d := &h.DataPageHeaderV2.V
		levels = int(d.RepetitionLevelsByteLength) + int(d.DefinitionLevelsByteLength)
		if d.IsCompressed.Valid && !d.IsCompressed.V {
			codec = format.Uncompressed
		}
	}
	copy(f.plain[:levels], f.stored)
	if levels == len(f.plain) && levels == len(f.stored) {
		return nil // every value is null
	}
	return decompress(codec, f.plain[levels:], f.stored[levels:])
}

// plainHeader encodes a header for data that is not compressed.
func plainHeader(h format.PageHeader) []byte {
	h.CompressedPageSize, h.CRC = h.UncompressedPageSize, 0
	h.DataPageHeader.V.Statistics = format.Statistics{}
	h.DataPageHeaderV2.V.Statistics = format.Statistics{}
	if h.DataPageHeaderV2.Valid {
		h.DataPageHeaderV2.V.IsCompressed = thrift.New(false)
	}
	text, err := thrift.Marshal(new(thrift.CompactProtocol), &h)
	if err != nil {
		panic(err) // it was decoded a moment ago
	}
	return text
}
