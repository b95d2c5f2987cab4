package input

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
)

// Kind is what the content of an input is, as told by its first bytes.
type Kind uint8

// The kinds that are read come first, then those that are only recognised, to be refused.
const (
	Plain   Kind = iota // text as it is; also what is nothing else
	Gzip                // RFC 1952, any number of members
	Zstd                // RFC 8878, any number of frames, skippable ones included
	Brotli              // RFC 7932, one stream
	Parquet             // plain Parquet, whatever its name ends in
	EncryptedParquet
	Zip
	XZ
	Bzip2
	LZ4
	Snappy
)

var kindNames = [...]string{
	Plain: "plain text", Gzip: "gzip", Zstd: "zstd", Brotli: "brotli",
	Parquet: "a Parquet file", EncryptedParquet: "an encrypted Parquet file",
	Zip: "a zip archive", XZ: "xz", Bzip2: "bzip2", LZ4: "lz4", Snappy: "framed snappy",
}

// String returns the name of the kind for a message, such as "gzip" or "a Parquet file".
func (k Kind) String() string { return kindNames[k] }

// Supported tells whether inputs of the kind can be read.
func (k Kind) Supported() bool { return k <= Parquet }

// Source: RFC 1952 section 2.3.1, RFC 8878 section 3.1, the Parquet, zip, xz, bzip2, LZ4 and
// snappy framing format descriptions.
var magics = []struct {
	prefix string
	kind   Kind
}{
	{"\x1f\x8b", Gzip},
	{"\x28\xb5\x2f\xfd", Zstd},
	{"PAR1", Parquet},
	{"PARE", EncryptedParquet},
	{"PK\x03\x04", Zip},
	{"\xfd7zXZ\x00", XZ},
	{"BZh", Bzip2},
	{"\x04\x22\x4d\x18", LZ4},
	{"\xff\x06\x00\x00sNaPpY", Snappy},
}

const (
	// headBytes is how much of an input is looked at to tell its kind. It has to hold the
	// prefix codes of a brotli block and some data.
	headBytes = 16 << 10
	// trialBytes is how much of the decoded data has to look like text.
	trialBytes = 4 << 10
)

// kindOf tells the kind of a file of the given name from its first headBytes, or from all
// of it if it is shorter.
func kindOf(head []byte, name string) Kind {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	if skippableFrame(head) {
		return Zstd
	}
	if isBrotli(head, name) {
		return Brotli
	}
	return Plain
}

// skippableFrame tells whether head begins with a frame that decoders of Zstandard skip.
func skippableFrame(head []byte) bool {
	return len(head) >= 4 && head[0]&0xf0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18"
}

// isBrotli decides without a magic number. The name alone is not enough if the content is
// text, and the content alone not if it is text or does not decode to text.
func isBrotli(head []byte, name string) bool {
	if len(head) == 0 || startsObject(head) {
		return false
	}
	named := strings.HasSuffix(strings.ToLower(name), ".br")
	if text := plausibleText(head); text != named {
		return named
	}
	return brotliText(head)
}

// startsObject tells whether the first line is a JSON object. No brotli stream that holds
// anything starts with "{": those bits spell an empty one.
func startsObject(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n")
	return len(head) > 0 && head[0] == '{'
}

// brotliText tells whether head is the start of a brotli stream of text.
func brotliText(head []byte) bool {
	out := make([]byte, trialBytes)
	n, err := io.ReadFull(brotli.NewReader(bytes.NewReader(head)), out)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return false
	}
	return n > 0 && plausibleText(out[:n])
}

// plausibleText tells whether b, which may be cut off anywhere, is UTF-8 without control
// characters other than white space.
func plausibleText(b []byte) bool {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			if b[i] < ' ' && b[i] != '\t' && b[i] != '\n' && b[i] != '\r' {
				return false
			}
			i++
			continue
		}
		if !utf8.FullRune(b[i:]) {
			return true
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return false
		}
		i += size
	}
	return true
}
