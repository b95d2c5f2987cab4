package input

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKindOf(t *testing.T) {
	data := archive(50<<10, 1)
	text := []byte("plain text, not JSON\n")
	tests := []struct {
		name, reason string
		head         []byte
		file         string
		want         Kind
	}{
		{"empty", "nothing to decode", nil, "a.br", Plain},
		{"JSON lines", "the usual case", data, "a.ndjson", Plain},
		{"JSON lines named .gz", "the content decides", data, "a.ndjson.gz", Plain},
		{"JSON lines named .br", "the content decides here too", data, "a.ndjson.br", Plain},
		{"byte order mark and blank lines", "white space before the first object", []byte("\xef\xbb\xbf \r\n\n{\x01"), "a", Plain},
		{"bad text", "binary that is not brotli is left to the consumer", []byte("[1,\x002]\n"), "a", Plain},
		{"text named .br", "it does not decode", text, "a.br", Plain},
		{"UTF-8 text cut in a character", "the head ends anywhere", []byte("\"\u00e9"[:2]), "a", Plain},
		{"Latin-1 text", "not UTF-8 and not brotli", []byte("\"caf\xe9\"\n"), "a", Plain},
		{"gzip", "RFC 1952", gzipped(data), "a", Gzip},
		{"gzip named .br", "the content decides", gzipped(data), "a.br", Gzip},
		{"zstd", "RFC 8878", zstded(data), "a", Zstd},
		{"skippable frame", "a zstd file may begin with one", []byte("\x5a\x2a\x4d\x18\x00\x00\x00\x00"), "a", Zstd},
		{"brotli", "no magic number, but it decodes to text", brotlied(data), "a", Brotli},
		{"small brotli", "a whole file in a few bytes", brotlied([]byte("{\"event\":\"$pageview\"}\n")), "a", Brotli},
		{"damaged brotli named .br", "the name decides for what is not text", []byte("\x8b\x19\x00\xff\xff\xff"), "A.BR", Brotli},
		{"brotli of binary data", "text is wanted", brotlied(bytes.Repeat([]byte{0, 1, 2}, 100)), "a", Plain},
		{"Parquet", "its name may end in a compression", []byte("PAR1\x15\x04"), "a.parquet.zst", Parquet},
		{"encrypted Parquet", "the other magic", []byte("PARE\x15\x04"), "a", EncryptedParquet},
		{"zip", "Amplitude exports", []byte("PK\x03\x04\x14"), "a", Zip},
		{"xz", "recognised to be refused", []byte("\xfd7zXZ\x00\x00"), "a", XZ},
		{"bzip2", "recognised to be refused", []byte("BZh91AY&SY"), "a", Bzip2},
		{"LZ4", "recognised to be refused", []byte("\x04\x22\x4d\x18\x64"), "a", LZ4},
		{"snappy", "recognised to be refused", []byte("\xff\x06\x00\x00sNaPpY"), "a", Snappy},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			head := tt.head[:min(len(tt.head), headBytes)]
			require.Equal(t, tt.want, kindOf(head, tt.file), tt.reason)
			require.NotEmpty(t, tt.want.String())
		})
	}
}

func TestEveryBrotliQualityIsRecognised(t *testing.T) {
	data := archive(20<<10, 5)
	for _, size := range []int{60, 500, 5_000, len(data)} {
		for quality := range 12 {
			packed := brotliedAt(data[:size], quality)
			require.Equal(t, Brotli, kindOf(packed[:min(len(packed), headBytes)], "a"), "quality %d of %d bytes", quality, size)
		}
	}
}

func TestNoJSONObjectIsTakenForBrotli(t *testing.T) {
	for _, text := range []string{"{", "{\x00\xff", strings.Repeat("{\"\xff\":1}\n", 100)} {
		require.Equal(t, Plain, kindOf([]byte(text), "a.br"))
	}
}
