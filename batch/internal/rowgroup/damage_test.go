package rowgroup

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/stretchr/testify/require"
)

var long = flag.Bool("long", false, "flip 2,000 bytes of every sample instead of 200")

func flips() int {
	if *long {
		return 2000
	}
	return 200
}

// sample is an archive of a few row groups, and its records.
func sample(t testing.TB, codec Codec) (file []byte, records []string) {
	t.Helper()
	lines, err := os.ReadFile("../../testdata/export.ndjson")
	require.NoError(t, err)
	var out bytes.Buffer
	w, e := NewWriter(&out, codec), NewEncoder(codec)
	all := bytes.SplitAfter(lines, []byte("\n"))[:60]
	for i := 0; i < len(all); i += 10 {
		unit, err := e.AppendUnit(nil, bytes.Join(all[i:i+10], nil))
		require.NoError(t, err)
		_, err = w.Write(unit)
		require.NoError(t, err)
		if i%20 == 10 {
			require.NoError(t, w.flush())
		}
	}
	require.NoError(t, w.Close())
	read, err := chunks(out.Bytes(), Options{})
	require.NoError(t, err)
	for line := range strings.Lines(string(joined(read))) {
		records = append(records, line)
	}
	require.Len(t, records, 60)
	require.Len(t, read, 3)
	return out.Bytes(), records
}

// TestFlips has one byte of a file of ours changed: what is delivered is right, and what is not is
// covered by damage.
func TestFlips(t *testing.T) {
	for _, codec := range allCodecs {
		t.Run(codec.String(), func(t *testing.T) {
			whole, records := sample(t, codec)
			random := rand.New(rand.NewPCG(1, uint64(codec)))
			for i := range flips() {
				bad := bytes.Clone(whole)
				at := random.IntN(len(bad))
				if i%4 == 0 {
					at = len(bad) - 1 - random.IntN(min(4000, len(bad))) // in the footer
				}
				bad[at] ^= byte(1 + random.IntN(255))
				check(t, bad, records, fmt.Sprintf("byte %d of %d", at, len(bad)))
			}
		})
	}
}

func TestTruncations(t *testing.T) {
	whole, records := sample(t, Zstd)
	random := rand.New(rand.NewPCG(2, 2))
	for range flips() {
		n := random.IntN(len(whole))
		check(t, whole[:n], records, fmt.Sprintf("first %d bytes of %d", n, len(whole)))
	}
}

// check reads a damaged file and accounts for every record.
func check(t *testing.T, bad []byte, records []string, what string) {
	t.Helper()
	all, err := chunks(bad, Options{})
	var damage *Damage
	if errors.As(err, &damage) {
		require.Zero(t, damage.Group, what)
		return
	}
	require.NoError(t, err, what)
	next := 0
	for _, c := range all {
		require.Equal(t, next+1, int(c.Row), what)
		for line := range strings.Lines(string(c.Data)) {
			require.Equal(t, records[next], line, what)
			next++
		}
		if c.Damage != nil {
			require.Positive(t, c.Damage.Group, what)
			next += int(c.Lost)
		}
	}
	require.Len(t, records, next, what)
}

// TestFlipsInOtherFiles has files without checksums: values may differ, but nothing panics, hangs or
// takes much memory, and no row goes missing without a word.
func TestFlipsInOtherFiles(t *testing.T) {
	for name, whole := range foreign(t) {
		t.Run(name, func(t *testing.T) {
			want := countRows(t, whole)
			random := rand.New(rand.NewPCG(3, 3))
			for i := range flips() / 4 {
				bad := bytes.Clone(whole)
				at := random.IntN(len(bad))
				if i%2 == 0 {
					at = len(bad) - 1 - random.IntN(min(2000, len(bad)))
				}
				bad[at] ^= byte(1 + random.IntN(255))
				before := allocated()
				got, damaged := countOrDamage(bad)
				require.True(t, damaged || got == want, "byte %d of %d: got %d rows, want %d", at, len(bad), got, want)
				require.Less(t, allocated()-before, uint64(1<<30), "byte %d of %d", at, len(bad))
			}
		})
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func countRows(t *testing.T, file []byte) int {
	t.Helper()
	n, damaged := countOrDamage(file)
	require.False(t, damaged)
	return n
}

func countOrDamage(file []byte) (rows int, damaged bool) {
	all, err := chunks(file, Options{})
	for _, c := range all {
		rows += c.Rows
		damaged = damaged || c.Damage != nil
	}
	return rows, damaged || err != nil
}

// patched changes the metadata of a file that ends with its footer.
func patched(t *testing.T, file []byte, change func(*format.FileMetaData)) []byte {
	t.Helper()
	n := len(file) - tailBytes - int(binary.LittleEndian.Uint32(file[len(file)-tailBytes:]))
	var meta format.FileMetaData
	require.NoError(t, thrift.Unmarshal(new(thrift.CompactProtocol), file[n:len(file)-tailBytes], &meta))
	meta.CreatedBy = "somebody"
	change(&meta)
	footer, err := footerOf(&meta)
	require.NoError(t, err)
	return append(bytes.Clone(file[:n]), footer...)
}

func TestAbsurdNumbers(t *testing.T) {
	whole, records := sample(t, Zstd)
	first := func(m *format.FileMetaData) *format.ColumnMetaData { return &m.RowGroups[0].Columns[4].MetaData }
	tests := []struct {
		name, reason string
		change       func(*format.FileMetaData)
		want         string // of the damage
		rows         int    // delivered
	}{
		{"no change", "the other rows show what happens without one", func(*format.FileMetaData) {}, "", 60},
		{"rows without end", "every one would be a line", func(m *format.FileMetaData) {
			m.RowGroups[0].NumRows = 1 << 50
			for i := range m.RowGroups[0].Columns {
				m.RowGroups[0].Columns[i].MetaData.NumValues = 1 << 50
			}
		}, "row group 1, column uuid: got 1125899906842624 values", 40},
		{"less than no rows", "it is a number with a sign", func(m *format.FileMetaData) { m.RowGroups[0].NumRows = -1 }, "row group 1, column uuid: got 20 values in -1 rows", 40},
		{"column beyond the file", "offsets are believed by nobody", func(m *format.FileMetaData) { first(m).DataPageOffset = 1 << 60 }, "row group 1, column event: got", 40},
		{"column before the file", "likewise", func(m *format.FileMetaData) { first(m).DataPageOffset = -8 }, "row group 1, column event: got", 40},
		{"column that is too long", "likewise", func(m *format.FileMetaData) { first(m).TotalCompressedSize = 1 << 62 }, "row group 1, column event: got", 40},
		{"column in the middle of a page", "what stands there is no header", func(m *format.FileMetaData) { first(m).DataPageOffset += 9 }, "row group 1, column event: page header", 40},
		{"value too few", "the numbers do not add up", func(m *format.FileMetaData) { first(m).NumValues-- }, "row group 1, column event: got 19 values in 20 rows", 40},
		{"row too few", "every column has more values", func(m *format.FileMetaData) {
			for i := range m.RowGroups[0].Columns {
				m.RowGroups[0].Columns[i].MetaData.NumValues--
			}
			m.RowGroups[0].NumRows--
		}, "row group 1, column uuid: got pages with 20 values, want 19", 40},
		{"another compression", "it finds no header of its own", func(m *format.FileMetaData) { first(m).Codec = format.Gzip }, "row group 1, column event: page at offset", 40},
		{"compression that nobody has", "this one is reported as what it is", func(m *format.FileMetaData) { first(m).Codec = format.LZO }, "row group 1, column event: page at offset", 40},
		{"column in another file", "there is no other file", func(m *format.FileMetaData) { m.RowGroups[0].Columns[4].FilePath = "/etc/passwd" }, "row group 1, column event: encrypted", 40},
		{"row group without columns", "a schema has some", func(m *format.FileMetaData) { m.RowGroups[0].Columns = nil }, "row group 1: got 0 columns, want 11", 40},
		{"total that is wrong", "the row groups are right", func(m *format.FileMetaData) { m.NumRows++ }, "footer: got another number of rows", 60},
		{"schema without end", "a group claims more columns than there are", func(m *format.FileMetaData) { m.Schema[0].NumChildren.V = 1 << 30 }, "schema: got fewer elements", 0},
		{"schema that ends early", "some elements belong to nobody", func(m *format.FileMetaData) { m.Schema[0].NumChildren.V-- }, "schema: got 1 elements that belong to no group", 0},
		{"no schema", "nothing can be read without", func(m *format.FileMetaData) { m.Schema = nil }, "schema: got 0 elements", 0},
		{"another type", "its values have another size", func(m *format.FileMetaData) {
			m.Schema[1].Type.V, m.Schema[1].LogicalType.Value = format.Int64, nil
			m.Schema[1].ConvertedType.Valid = false
		}, "row group 1, column uuid: got values of type BYTE_ARRAY, want INT64", 0},
		{"decimal without a length", "the library panics", func(m *format.FileMetaData) {
			m.Schema[1].Type.V, m.Schema[1].LogicalType.Value = format.FixedLenByteArray, &format.DecimalType{}
		}, "footer: inconsistent data: DECIMAL", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, err := chunks(patched(t, whole, tt.change), Options{})
			message := ""
			if err != nil {
				message = err.Error()
			}
			rows := 0
			for _, c := range all {
				if c.Damage != nil && message == "" {
					message = c.Damage.Error()
				}
				rows += c.Rows
			}
			require.Contains(t, message, tt.want, tt.reason)
			require.Equal(t, tt.want == "", message == "")
			require.Equal(t, tt.rows, rows, tt.reason)
			require.Equal(t, strings.Join(records[60-rows:], ""), string(joined(all)))
		})
	}
}

// TestChecksums has a byte flipped in the data of a page.
func TestChecksums(t *testing.T) {
	whole, _ := sample(t, Uncompressed)
	at := bytes.Index(whole, []byte("$autocapture"))
	whole[at] ^= 1
	all, err := chunks(whole, Options{})
	require.NoError(t, err)
	require.Equal(t, "row group 1, column event: page at offset", all[0].Damage.Error()[:41])
	require.ErrorIs(t, all[0].Damage, ErrChecksum)
	require.Empty(t, all[0].Data)
	require.Equal(t, int64(20), all[0].Lost)
	require.Equal(t, 40, all[1].Rows+all[2].Rows)
}

// TestRowsBeforeDamage has the second page of a column flipped: the rows of the first are delivered.
func TestRowsBeforeDamage(t *testing.T) {
	whole, records := sample(t, Uncompressed)
	at := bytes.Index(whole, []byte(records[12][9:45])) // uuid of a row of the second unit
	whole[at] ^= 1
	all, err := chunks(whole, Options{})
	require.NoError(t, err)
	require.Equal(t, 10, all[0].Rows)
	require.Equal(t, strings.Join(records[:10], ""), string(all[0].Data))
	require.Equal(t, int64(10), all[0].Lost)
	require.Equal(t, "uuid", all[0].Damage.Column)
	require.Equal(t, Position{Group: 1}, all[0].End)
}

// failing fails to read from an offset on.
type failing struct {
	io.ReaderAt
	from int64
}

var errDisk = errors.New("the disk is broken")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off >= f.from && off < f.from+1000 {
		return 0, errDisk
	}
	return f.ReaderAt.ReadAt(p, off)
}

func TestErrorsOfTheSystemAreNoDamage(t *testing.T) {
	whole, _ := sample(t, Zstd)
	size := int64(len(whole))
	for _, from := range []int64{4, size / 2, size - 8} {
		f, err := Open(failing{bytes.NewReader(whole), from}, size)
		if err == nil {
			r := f.Read(Options{})
			for err == nil {
				_, err = r.Next(t.Context())
			}
			r.Close()
		}
		require.Equal(t, errDisk, err, from)
	}
}

func TestNotParquet(t *testing.T) {
	for _, text := range []string{"", "PAR1", "PAR1PAR1", "PAR1\xff\xff\xff\xffPAR1", "PAR1\x01\x00\x00\x00\x00PAR1", "PAR1........PAR2"} {
		_, err := chunks([]byte(text), Options{})
		var damage *Damage
		require.ErrorAs(t, err, &damage, text)
	}
}

func TestMeasure(t *testing.T) {
	tests := []struct {
		name, reason, in string
		n                int
		is               error
	}{
		{"empty struct", "one byte ends it", "\x00rest", 1, nil},
		{"every type", "none of them is in our files altogether", "\x11\x12\x13\x05\x14\x01\x15\x02\x16\x03\x17........\x18\x02ab\x19\x11\x01\x1b\x01\x88\x01a\x01b\x1c\x00\x1d................\x00", 53, nil},
		{"long number of a field", "it stands after the type", "\x05\x80\x01\x07\x00", 5, nil},
		{"list that is longer than the rest", "the decoder would make room for it", "\x19\xfc\xff\xff\xff\xff\x07\x00", 0, errShort},
		{"text that is longer than the rest", "likewise", "\x18\xff\xff\xff\xff\x07a", 0, errShort},
		{"unknown type", "its length is unknown, too", "\x1e", 0, errMalformed},
		{"end in the middle", "more may come", "\x15", 0, errShort},
		{"nesting", "the decoder would run out of stack", strings.Repeat("\x1c", 100), 0, errMalformed},
		{"nesting of lists", "likewise", "\x19" + strings.Repeat("\x19", 100), 0, errMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := measure([]byte(tt.in))
			require.Equal(t, tt.is, err, tt.reason)
			if err == nil {
				require.Equal(t, tt.n, n, tt.reason)
			}
		})
	}
}

func TestPagesThatInflate(t *testing.T) {
	require.NoError(t, checkRatio(1, freePage))
	require.Error(t, checkRatio(1, freePage+1))
	require.NoError(t, checkRatio(1<<20, 1<<30))
	require.Error(t, checkRatio(1<<20, 1<<30+1))
	bomb := bytes.Repeat([]byte{'a'}, 1<<20)
	for _, c := range allCodecs {
		packed, err := compressors[c].Encode(nil, bomb)
		require.NoError(t, err)
		codec := compressors[c].CompressionCodec()
		for _, n := range []int{0, 1, 1000, 1<<20 - 1, 1<<20 + 1} {
			require.Error(t, decompress(codec, make([]byte, n), packed), "%v to %d bytes", c, n)
		}
		got := make([]byte, len(bomb))
		require.NoError(t, decompress(codec, got, packed), c)
		require.Equal(t, bomb, got)
	}
	require.Error(t, decompress(format.LZO, nil, nil))
}
