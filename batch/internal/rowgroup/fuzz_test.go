package rowgroup

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

// FuzzRead reads files that may be anything: every line is a JSON object, the numbers of rows go on
// without a gap, and nothing panics.
func FuzzRead(f *testing.F) {
	for _, codec := range allCodecs {
		file := written(f, codec, 2, []byte("{\"event\":\"a\",\"ip\":1}\n{\"uuid\":\"b\",\"timestamp\":\"2024-01-31T12:00:00Z\"}\n{}\n"))
		f.Add(file)
		f.Add(file[:len(file)/2])
		f.Add(append(file[len(file)/2:len(file):len(file)], file...))
	}
	for name, file := range foreign(f) {
		if name == "SNAPPY, version 1" || name == "UNCOMPRESSED, version 2" {
			f.Add(file)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := chunks(data, Options{MaxRecord: 1 << 16, Parallel: 2})
		if err != nil {
			var damage *Damage
			require.ErrorAs(t, err, &damage)
			return
		}
		for _, c := range all {
			require.Positive(t, c.Row)
			if c.Oversize > 0 {
				require.Greater(t, c.Oversize, int64(1<<16))
				require.Equal(t, 1, c.Rows)
				continue
			}
			rows := 0
			for line := range bytes.Lines(c.Data) {
				require.NoError(t, sdk.Validate(line), "%s", line)
				rows++
			}
			require.Equal(t, c.Rows, rows)
		}
	})
}

// FuzzMeasure compares with the library: what is measured as a whole can be decoded without trouble.
func FuzzMeasure(f *testing.F) {
	f.Add([]byte("\x11\x12\x13\x05\x14\x01\x15\x02\x18\x02ab\x19\x11\x01\x1b\x01\x88\x01a\x01b\x1c\x00\x00"))
	f.Add([]byte("\x19\xfc\xff\xff\xff\xff\x07\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := measure(data)
		if err != nil {
			return
		}
		again, err := measure(data[:n])
		require.NoError(t, err)
		require.Equal(t, n, again)
		for i := range n {
			_, err := measure(data[:i])
			require.ErrorIs(t, err, errShort, "the first %d bytes of %d", i, n)
		}
	})
}
