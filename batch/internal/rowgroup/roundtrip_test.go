package rowgroup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/sdk"
)

var allCodecs = []Codec{Zstd, Snappy, Gzip, Brotli, LZ4, Uncompressed}

// value draws the text of a JSON value, nested at most depth deep.
func value(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		kinds := 8
		if depth == 0 {
			kinds = 6
		}
		switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
		case 0:
			return rapid.SampledFrom([]string{"null", "true", "false", `""`, "{}", "[]", "-0", "1.0", "1e400", "12345678901234567890"}).Draw(t, "word")
		case 1:
			return fmt.Sprint(rapid.Int64().Draw(t, "number"))
		case 2:
			return string(sdk.AppendString(nil, rapid.String().Draw(t, "string")))
		case 3:
			return rapid.SampledFrom([]string{
				`"2024-01-31T12:00:00.123456+00:00"`, `"2024-01-31T12:00:00+00:00"`, `"2024-01-31T12:00:00.5Z"`,
				`"2024-01-31 12:00:00.123456789+02:00"`, `"2024-02-31T12:00:00Z"`, `"0000-01-01T00:00:00Z"`, `"9999-12-31T23:59:59.999999+00:00"`,
			}).Draw(t, "time")
		case 4:
			return string(sdk.AppendString(nil, value(0).Draw(t, "JSON in text")))
		case 5:
			return rapid.SampledFrom([]string{`"\ud800"`, `"\u0000\u001f\/\u00e9"`, `"😀\ud83d\ude00"`, `"�"`, `"\ufffd\n"`}).Draw(t, "escapes")
		case 6:
			return "[" + strings.Join(rapid.SliceOfN(value(depth-1), 0, 4).Draw(t, "array"), ",") + "]"
		}
		return object(depth-1, rapid.String()).Draw(t, "object")
	})
}

// object draws an object without duplicate names.
func object(depth int, names *rapid.Generator[string]) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var b []byte
		for _, name := range rapid.SliceOfNDistinct(names, 0, 6, rapid.ID[string]).Draw(t, "names") {
			b = append(sdk.AppendString(append(b, ','), name), ':')
			b = append(b, value(depth).Draw(t, name)...)
		}
		return "{" + strings.TrimPrefix(string(b), ",") + "}"
	})
}

// memberNames draws the names of columns more often than others.
func memberNames() *rapid.Generator[string] {
	names := []string{"ip", "now", "team_id", "$set", "extra", "set", "Extra", ""}
	for _, c := range columns {
		names = append(names, c.name)
	}
	return rapid.OneOf(rapid.SampledFrom(names), rapid.SampledFrom(names), rapid.String())
}

// decoded returns what a line holds, numbers as they are spelled.
func decoded(t require.TestingT, line []byte) any {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v), "%s", line)
	return v
}

func TestRoundTrip(t *testing.T) {
	for _, codec := range allCodecs {
		t.Run(codec.String(), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				records := rapid.SliceOfN(object(3, memberNames()), 0, 20).Draw(rt, "records")
				perUnit := rapid.IntRange(1, 20).Draw(rt, "records in a unit")
				file := written(t, codec, perUnit, []byte(strings.Join(records, "\n")))
				all, err := chunks(file, Options{})
				require.NoError(rt, err)
				got := bytes.Lines(joined(all))
				i := 0
				for line := range got {
					require.Less(rt, i, len(records))
					require.Equal(rt, decoded(rt, []byte(records[i])), decoded(rt, line), "%s", line)
					i++
				}
				require.Equal(rt, len(records), i)
				for _, c := range all {
					require.Nil(rt, c.Damage)
				}
			})
		})
	}
}

func TestRoundTripBytes(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 2000) + "1" + strings.Repeat("]}", 2000)
	tests := []struct{ name, reason, in, want string }{
		{"export row", "this is what the columns are for", `{"uuid":"u","timestamp":"2024-01-31T12:00:00.123456+00:00","event":"e","properties":{"a": 1.0}}`, ""},
		{"whole second", "exports leave the fraction out", `{"timestamp":"2024-01-31T12:00:00+00:00","event":"e"}`, ""},
		{"member of a capture", "it comes after the columns", `{"ip":"1.2.3.4","event":"e"}`, `{"event":"e","ip":"1.2.3.4"}`},
		{"time of a capture", "its spelling is kept beside the time", `{"event":"e","timestamp":"2024-01-31T12:00:00Z"}`, ""},
		{"null", "it is not a missing member", `{"event":"e","person_id":null}`, ""},
		{"properties as text", "text that is JSON would be read as JSON", `{"event":"e","properties":"{\"a\":1}"}`, ""},
		{"properties that are no JSON", "a string it was", `{"event":"e","properties":"{\"a\":"}`, ""},
		{"number as distinct_id", "columns of text hold text", `{"event":"e","distinct_id":12345678901234567890}`, ""},
		{"half a pair", "UTF-8 has no such thing", `{"event":"\ud800"}`, ""},
		{"escapes", "their spelling is not kept", `{"event":"\u0041"}`, `{"event":"A"}`},
		{"escapes in properties", "they are kept", `{"event":"e","properties":{"\u0041":"\u0041"}}`, ""},
		{"deep properties", "nobody looks into them", `{"event":"e","properties":` + deep + `}`, ""},
		{"same name twice", "the last one counts", `{"event":"a","event":"b","ip":1,"ip":2}`, `{"event":"b","ip":2}`},
		{"member named extra", "it is a member like others", `{"event":"e","extra":{"event":"f"}}`, ""},
		{"no members", "a row of NULLs", `{}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, err := chunks(written(t, Zstd, 1, []byte(tt.in)), Options{})
			require.NoError(t, err)
			if tt.want == "" {
				tt.want = tt.in
			}
			require.Equal(t, tt.want+"\n", string(joined(all)), tt.reason)
		})
	}
}

// TestSameBytesAgain has one encoder encode something else in between.
func TestSameBytesAgain(t *testing.T) {
	for _, codec := range allCodecs {
		e := NewEncoder(codec)
		line := []byte(`{"event":"e","properties":{"a":1},"ip":null}`)
		first, err := e.AppendUnit(nil, line)
		require.NoError(t, err)
		_, err = e.AppendUnit(nil, bytes.Repeat([]byte(`{"uuid":"0190a6c4","timestamp":"2024-01-31T12:00:00Z"}`+"\n"), 1000))
		require.NoError(t, err)
		again, err := e.AppendUnit(nil, line)
		require.NoError(t, err)
		require.Equal(t, first, again, codec)
	}
}

func TestUnitOfNothing(t *testing.T) {
	unit, err := NewEncoder(Zstd).AppendUnit([]byte("before"), []byte("\n \n"))
	require.NoError(t, err)
	require.Equal(t, "before", string(unit))
	all, err := chunks(written(t, Zstd, 1, nil), Options{})
	require.NoError(t, err)
	require.Empty(t, all)
}

func TestMalformedUnit(t *testing.T) {
	unit, err := NewEncoder(Zstd).AppendUnit(nil, []byte("{}"))
	require.NoError(t, err)
	for _, bad := range [][]byte{unit[:len(unit)-1], append(unit[:len(unit):len(unit)], 0), {0xff}} {
		_, err := NewWriter(new(bytes.Buffer), Zstd).Write(bad)
		require.ErrorIs(t, err, errUnit)
	}
}
