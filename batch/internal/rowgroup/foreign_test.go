package rowgroup

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/stretchr/testify/require"
)

// place is a group in a row.
type place struct {
	City *string  `parquet:"city,optional"`
	Tags []string `parquet:"tags,list"`
}

// row has a column of most types.
type row struct {
	Event      string             `parquet:"event,dict"`
	Properties *string            `parquet:"properties,optional"`
	Payload    string             `parquet:"payload,json"`
	Plain      []byte             `parquet:"plain"`
	Flag       *bool              `parquet:"flag,optional"`
	Small      int32              `parquet:"small,delta"`
	Large      uint64             `parquet:"large"`
	Ratio      float64            `parquet:"ratio"`
	Single     float32            `parquet:"single"`
	ID         [16]byte           `parquet:"id,uuid"`
	Day        int32              `parquet:"day,date"`
	Millis     int64              `parquet:"millis,timestamp(millisecond)"`
	Micros     int64              `parquet:"micros,timestamp(microsecond)"`
	Nanos      int64              `parquet:"nanos,timestamp(nanosecond)"`
	Local      int64              `parquet:"local,timestamp(microsecond:local)"`
	Clock      int64              `parquet:"clock,time(microsecond)"`
	Old        deprecated.Int96   `parquet:"old"`
	Cents      int64              `parquet:"cents,decimal(2:18)"`
	Wide       [12]byte           `parquet:"wide,decimal(3:28)"`
	Numbers    []int64            `parquet:"numbers"`
	Listed     []*string          `parquet:"listed,list,optional"`
	Places     []place            `parquet:"places,list"`
	Where      *place             `parquet:"where,optional"`
	Counts     map[string]int64   `parquet:"counts"`
	ByNumber   map[int32]*float64 `parquet:"by_number"`
}

func pointer[T any](v T) *T { return &v }

func foreignRows() []row {
	noon := time.Date(2024, 1, 31, 12, 0, 0, 123456789, time.UTC)
	julian := noon.Unix()/secondsADay + julianEpoch
	nanosecond := uint64(noon.Sub(noon.Truncate(24 * time.Hour)))
	full := row{
		Event: "a \"b\" ü\n", Properties: pointer("{\n\"a\": 12345678901234567890}"), Payload: "[1,\r2]", Plain: []byte{0xff, 0},
		Flag: pointer(true), Small: -7, Large: 1<<64 - 1, Ratio: 1e21, Single: 0.1,
		ID:  [16]byte{0x01, 0x90, 0xa6, 0xc4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
		Day: 19753, Millis: noon.UnixMilli(), Micros: noon.UnixMicro(), Nanos: noon.UnixNano(), Local: noon.UnixMicro(),
		Clock: 43200_000_001, Old: deprecated.Int96{uint32(nanosecond), uint32(nanosecond >> 32), uint32(julian)},
		Cents: -5, Wide: [12]byte{0: 0xff, 1: 0xff, 2: 0xff, 3: 0xff, 4: 0xff, 5: 0xff, 6: 0xff, 7: 0xff, 8: 0xff, 9: 0xff, 10: 0xfb, 11: 0x2e},
		Numbers: []int64{1, 2, 3}, Listed: []*string{pointer("x"), nil, pointer("")},
		Places: []place{{City: pointer("Bern"), Tags: []string{"a", "b"}}, {}},
		Where:  &place{Tags: []string{"c"}}, Counts: map[string]int64{"k": 1}, ByNumber: map[int32]*float64{-1: pointer(0.5)},
	}
	return []row{full, {Properties: pointer("no JSON"), Payload: "null", Micros: -1, Nanos: -1}, full}
}

const (
	foreignFull = `{"event":"a \"b\" ü\n","properties":{ "a": 12345678901234567890},"payload":[1, 2],"plain":"/wA=",` +
		`"flag":true,"small":-7,"large":18446744073709551615,"ratio":1e+21,"single":0.1,"id":"0190a6c4-0102-0304-0506-0708090a0b0c",` +
		`"day":"2024-01-31","millis":"2024-01-31T12:00:00.123+00:00","micros":"2024-01-31T12:00:00.123456+00:00",` +
		`"nanos":"2024-01-31T12:00:00.123456789+00:00","local":"2024-01-31T12:00:00.123456","clock":"12:00:00.000001",` +
		`"old":"2024-01-31T12:00:00.123456789+00:00","cents":-0.05,"wide":-1.234,"numbers":[1,2,3],"listed":["x",null,""],` +
		`"places":[{"city":"Bern","tags":["a","b"]},{"city":null,"tags":[]}],"where":{"city":null,"tags":["c"]},"counts":{"k":1},"by_number":{"-1":0.5}}` + "\n"
	foreignBare = `{"event":"","properties":"no JSON","payload":null,"plain":"","flag":null,"small":0,"large":0,"ratio":0,"single":0,` +
		`"id":"00000000-0000-0000-0000-000000000000","day":"1970-01-01","millis":"1970-01-01T00:00:00+00:00","micros":"1969-12-31T23:59:59.999999+00:00",` +
		`"nanos":"1969-12-31T23:59:59.999999999+00:00","local":"1970-01-01T00:00:00","clock":"00:00:00","old":"-4713-11-24T00:00:00+00:00",` +
		`"cents":0.00,"wide":0.000,"numbers":[],"listed":null,"places":[],"where":null,"counts":{},"by_number":{}}` + "\n"
)

// foreign returns files of the same rows as another writer makes them, by name.
func foreign(t testing.TB) map[string][]byte {
	t.Helper()
	codecs := map[string]parquet.WriterOption{}
	for _, c := range allCodecs {
		codecs[c.String()] = parquet.Compression(compressors[c])
	}
	files := map[string][]byte{}
	for name, codec := range codecs {
		for version := 1; version <= 2; version++ {
			var out bytes.Buffer
			w := parquet.NewGenericWriter[row](&out, codec, parquet.DataPageVersion(version), parquet.PageBufferSize(300), parquet.CreatedBy("somebody", "1", "2"))
			for range 20 {
				_, err := w.Write(foreignRows())
				require.NoError(t, err)
			}
			require.NoError(t, w.Close())
			files[fmt.Sprintf("%s, version %d", name, version)] = out.Bytes()
		}
	}
	return files
}

func TestForeignFiles(t *testing.T) {
	for name, file := range foreign(t) {
		t.Run(name, func(t *testing.T) {
			all, err := chunks(file, Options{})
			require.NoError(t, err)
			require.Len(t, all, 1)
			require.Nil(t, all[0].Damage)
			lines := bytes.SplitAfter(all[0].Data, []byte("\n"))
			require.Equal(t, foreignFull, string(lines[0]))
			require.Equal(t, foreignBare, string(lines[1]))
			require.Equal(t, foreignFull, string(lines[2]))
			require.Len(t, lines, 61)
		})
	}
}

// TestListsOfOldWriters has lists without a group around each element, or with one that is the
// element.
func TestListsOfOldWriters(t *testing.T) {
	type pair struct {
		A int32 `parquet:"a"`
	}
	type bag struct {
		Item *int32 `parquet:"item,optional"`
	}
	type old struct {
		Bare struct {
			Element []int32 `parquet:"element"`
		} `parquet:"bare"`
		Array struct {
			Array []pair `parquet:"array"`
		} `parquet:"array"`
		Pairs struct {
			Tuple []pair `parquet:"pairs_tuple"`
		} `parquet:"pairs"`
		Bags struct {
			Bag []bag `parquet:"bag"`
		} `parquet:"bags"`
	}
	var row old
	row.Bare.Element = []int32{1, 2}
	row.Array.Array = []pair{{1}, {2}}
	row.Pairs.Tuple = []pair{{3}}
	row.Bags.Bag = []bag{{pointer[int32](1)}, {}}
	var out bytes.Buffer
	require.NoError(t, parquet.Write(&out, []old{row, {}}))
	file := patched(t, out.Bytes(), func(m *format.FileMetaData) {
		for i, e := range m.Schema {
			if e.NumChildren.V == 1 && !e.RepetitionType.Valid || e.RepetitionType.V == format.Required {
				m.Schema[i].ConvertedType = thrift.New(deprecated.List)
			}
		}
		m.Schema[0].ConvertedType.Valid = false
	})
	all, err := chunks(file, Options{})
	require.NoError(t, err)
	require.Equal(t, `{"bare":[1,2],"array":[{"a":1},{"a":2}],"pairs":[{"a":3}],"bags":[1,null]}
{"bare":[],"array":[],"pairs":[],"bags":[]}
`, string(joined(all)))
}

func TestPlainASCII(t *testing.T) {
	for n := range 20 {
		text := bytes.Repeat([]byte("a"), n)
		require.True(t, plainASCII(text))
		for i := range n {
			for c := range 256 {
				text[i] = byte(c)
				want := c >= ' ' && c < 0x80 && c != '"' && c != '\\'
				require.Equal(t, want, plainASCII(text), "%q", text)
			}
			text[i] = '~'
		}
	}
}
