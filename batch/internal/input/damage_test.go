package input

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
)

func TestDamage(t *testing.T) {
	const a, b, long = "{\"a\":1}\n", "{\"b\":2}\n", "0123456789abcdefghij\n"
	ab := []byte(a + b)
	one := len(gzipped([]byte(a))) // bytes of a member
	flipped := func(data []byte, at int) []byte {
		data = bytes.Clone(data)
		data[(at+len(data))%len(data)] ^= 1
		return data
	}
	tests := []struct {
		name, reason string
		in           []byte
		max          int
		want         string // delivered
		damage       Damage
		cause        error
	}{
		{
			name: "gzip cut in its second member", reason: "the first is whole, the line in the second is not",
			in:     gzipped([]byte(a), []byte(b))[:one+16],
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 13, Vouched: 8, CompressedOffset: int64(one + 16)},
			cause:  io.ErrUnexpectedEOF,
		}, {
			name: "gzip cut in the header of a member", reason: "ten bytes are a header, three are none",
			in:     gzipped([]byte(a), []byte(b))[:one+3],
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 8, Vouched: 8, CompressedOffset: int64(one + 3)},
			cause:  io.ErrUnexpectedEOF,
		}, {
			name: "gzip cut in the file name of a header", reason: "the library calls that a clean end",
			in:     append(gzipped([]byte(a)), "\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xffna"...),
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 8, Vouched: 8, CompressedOffset: int64(one + 12)},
			cause:  io.ErrUnexpectedEOF,
		}, {
			name: "gzip without its last byte", reason: "all lines are there, only the proof is not",
			in:     gzipped(ab)[:len(gzipped(ab))-1],
			want:   a + b,
			damage: Damage{Offset: 16, Line: 3, Decoded: 16, CompressedOffset: int64(len(gzipped(ab)) - 1)},
			cause:  io.ErrUnexpectedEOF,
		}, {
			name: "gzip with a wrong checksum", reason: "what no checksum confirms is withheld",
			in:     append(gzipped([]byte(a)), flipped(gzipped([]byte(b)), -5)...),
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 16, Vouched: 8, CompressedOffset: int64(2 * one)},
			cause:  gzip.ErrChecksum,
		}, {
			name: "garbage after gzip", reason: "it is not a member",
			in:     append(gzipped(ab), "garbage garbage"...),
			want:   a + b,
			damage: Damage{Offset: 16, Line: 3, Decoded: 16, Vouched: 16, CompressedOffset: int64(len(gzipped(ab)) + 10)},
			cause:  gzip.ErrHeader,
		}, {
			name: "garbage after the padding of gzip", reason: "only zeros are padding",
			in:     append(gzipped(ab), "\x00\x00\x00x"...),
			want:   a + b,
			damage: Damage{Offset: 16, Line: 3, Decoded: 16, Vouched: 16, CompressedOffset: int64(len(gzipped(ab)) + 4)},
			cause:  gzip.ErrHeader,
		}, {
			name: "zstd cut in its second frame", reason: "a block is decoded as a whole or not at all",
			in:     zstded([]byte(a), []byte(b))[:len(zstded([]byte(a)))+12],
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 8, Vouched: 8, CompressedOffset: int64(len(zstded([]byte(a))) + 12)},
			cause:  io.ErrUnexpectedEOF,
		}, {
			name: "zstd cut in the header of a block", reason: "the frame has begun",
			in:     zstded([]byte(a), []byte(b))[:len(zstded([]byte(a)))+8],
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 8, Vouched: 8, CompressedOffset: int64(len(zstded([]byte(a))) + 8)},
			cause:  io.ErrUnexpectedEOF,
		}, {
			name: "zstd with a wrong checksum", reason: "what no checksum confirms is withheld",
			in:     append(zstded([]byte(a)), flipped(zstded([]byte(b)), -1)...),
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 8, Vouched: 8, CompressedOffset: int64(2 * len(zstded([]byte(a))))},
			cause:  zstd.ErrCRCMismatch,
		}, {
			name: "garbage after zstd", reason: "it is not a frame",
			in:     append(zstded(ab), "garbage garbage"...),
			want:   a + b,
			damage: Damage{Offset: 16, Line: 3, Decoded: 16, Vouched: 16, CompressedOffset: int64(len(zstded(ab)) + 4)},
			cause:  zstd.ErrMagicMismatch,
		}, {
			name: "zstd with a window of 2 GiB", reason: "memory is bounded",
			in:     []byte("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00"),
			damage: Damage{Line: 1, CompressedOffset: 6},
			cause:  zstd.ErrWindowSizeExceeded,
		}, {
			name: "damage in an oversize line", reason: "the line is not whole, so it is covered by the damage",
			in: gzipped([]byte(a + long))[:len(gzipped([]byte(a+long)))-20], max: 7,
			want:   a,
			damage: Damage{Offset: 8, Line: 2, Decoded: 22, CompressedOffset: int64(len(gzipped([]byte(a+long))) - 20)},
			cause:  io.ErrUnexpectedEOF,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, r := range []io.Reader{bytes.NewReader(tt.in), iotest.OneByteReader(bytes.NewReader(tt.in))} {
				all := mustChunks(t, r, "a.gz", Options{MaxRecord: tt.max})
				require.Equal(t, tt.want, string(joined(all)), tt.reason)
				last := all[len(all)-1]
				require.NotNil(t, last.Damage)
				require.ErrorIs(t, last.Damage.Err, tt.cause)
				got := *last.Damage
				got.Err = nil
				require.Equal(t, tt.damage, got, tt.reason)
				if len(last.Data) == 0 {
					require.Equal(t, tt.damage.Offset, last.Offset)
					require.Equal(t, tt.damage.Line, last.Line)
				}
			}
		})
	}
}

func TestBrotliDamage(t *testing.T) {
	data := archive(100<<10, 4)
	packed := brotlied(data)
	for _, in := range [][]byte{packed[:len(packed)/2], append(bytes.Clone(packed), 0)} {
		all := mustChunks(t, bytes.NewReader(in), "a.br", Options{})
		require.True(t, bytes.HasPrefix(data, joined(all)))
		require.NotEmpty(t, joined(all))
		last := all[len(all)-1]
		require.NotNil(t, last.Damage)
		require.Equal(t, last.Damage.Decoded, last.Damage.Vouched)
		require.EqualValues(t, len(joined(all)), last.Damage.Offset)
	}
}

func TestEndsThatAreNotDamage(t *testing.T) {
	const line = "{\"a\":1}\n"
	tests := []struct {
		name, reason string
		in           []byte
		want         string
	}{
		{"zeros after gzip", "tapes and block devices pad", append(gzipped([]byte(line)), make([]byte, 1<<20)...), line},
		{"empty gzip members", "they hold nothing", gzipped(nil, nil, []byte(line), nil), line},
		{"empty zstd frames", "they hold nothing", zstded(nil, []byte(line), nil), line},
		{"skippable zstd frames", "they are skipped, at either end",
			append(append([]byte("\x50\x2a\x4d\x18\x03\x00\x00\x00abc"), zstded([]byte(line))...), "\x5f\x2a\x4d\x18\x00\x00\x00\x00"...), line},
		{"line feed at neither end of a gzip member", "members need not end where lines do", gzipped([]byte(line+"x"), []byte("y\nz")), line + "xy\nz"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := mustChunks(t, bytes.NewReader(tt.in), "a", Options{})
			require.Equal(t, tt.want, string(joined(all)), tt.reason)
			for _, c := range all {
				require.Nil(t, c.Damage, tt.reason)
			}
		})
	}
}

var long = flag.Bool("long", false, "corrupt every sample 2,000 times instead of 500")

func corruptions() int {
	if *long {
		return 2000
	}
	return 500
}

// corruption is what TestCorruption does to a file.
type corruption struct {
	at        int
	flip      byte // 0 cuts the file at that place
	truncated bool
}

func (c corruption) apply(data []byte) []byte {
	if c.truncated {
		return bytes.Clone(data[:c.at])
	}
	data = bytes.Clone(data)
	data[c.at] ^= c.flip
	return data
}

// What holds after one flipped byte or a cut, wherever it is:
//   - gzip and zstd, cut: what is delivered is a prefix of the original.
//   - gzip and zstd, flipped: what checksums vouch for is a prefix of the original. So is all
//     that is delivered if the file fits in a chunk and the decoder met the flip rather than
//     an untimely end.
//   - brotli, cut: what is delivered is a prefix of the original. Flipped: nothing but that
//     it comes to an end; wrong data can be delivered as good.
func TestCorruption(t *testing.T) {
	data := archive(20<<10, 11)
	for _, name := range []string{"gzip", "gzip member per line", "zstd", "zstd frame per line", "brotli"} {
		t.Run(name, func(t *testing.T) {
			packed := codecs[name](data)
			r := rand.New(rand.NewPCG(2024, 3))
			for i := range corruptions() {
				c := corruption{at: headMagic + r.IntN(len(packed)-headMagic), flip: byte(1 + r.IntN(255)), truncated: i%4 == 0}
				checkCorruption(t, name, data, packed, c)
			}
		})
	}
}

// headMagic keeps the bytes by which a file is recognised.
const headMagic = 4

func checkCorruption(t *testing.T, name string, data, packed []byte, c corruption) {
	t.Helper()
	all, err := chunks(bytes.NewReader(c.apply(packed)), "a."+name[:2], Options{})
	require.NoError(t, err, "%+v", c)
	got, damage := joined(all), (*Damage)(nil)
	for i, chunk := range all {
		if chunk.Damage != nil {
			damage = chunk.Damage
			require.Equal(t, len(all)-1, i, "damage is the end")
			require.EqualValues(t, len(got), damage.Offset)
			require.LessOrEqual(t, damage.Offset, damage.Decoded)
			require.LessOrEqual(t, damage.Vouched, damage.Decoded)
		}
	}
	if name == "brotli" && !c.truncated {
		return
	}
	sure := got
	if damage != nil && errors.Is(damage.Err, io.ErrUnexpectedEOF) && !c.truncated && name != "brotli" {
		sure = got[:min(damage.Vouched, damage.Offset)]
	}
	require.True(t, bytes.HasPrefix(data, sure), "%+v", c)
	require.True(t, damage != nil || len(got) == len(data) || c.truncated, "%+v: nothing is missing silently", c)
}
